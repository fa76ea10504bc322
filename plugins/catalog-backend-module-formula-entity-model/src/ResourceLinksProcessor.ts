import type { RootConfigService } from '@backstage/backend-plugin-api';
import type { Entity, EntityLink } from '@backstage/catalog-model';
import type { CatalogProcessor } from '@backstage/plugin-catalog-node';

interface Resource {
  annotation: string;
  title: string;
  icon: string;
  /** Config keys of the service's address for people, the first that is set wins. */
  baseUrlKeys: string[];
  /** What the value must look like, and how people are told. */
  pattern: RegExp;
  form: string;
  path(...parts: string[]): string;
}

const ownedName = /^([A-Za-z0-9][\w.-]*)\/([A-Za-z0-9][\w.-]*)$/;

/*
 * Addresses as the services' own pages have them: Coder `/@owner/workspace`,
 * Mattermost `/team/channels/channel`, Twenty `/object/opportunity/id`
 * (packages/twenty-shared/src/types/AppPath.ts of twentyhq/twenty).
 */
const resources: Resource[] = [
  {
    annotation: 'formulary.dev/gitea-repository',
    title: 'Repository',
    icon: 'catalog',
    baseUrlKeys: ['gitea.baseUrl'],
    pattern: ownedName,
    form: 'owner/repository',
    path: (owner, name) => `${owner}/${name}`,
  },
  {
    annotation: 'formulary.dev/coder-workspace',
    title: 'Workspace',
    icon: 'dashboard',
    baseUrlKeys: ['coder.accessUrl', 'coder.baseUrl'],
    pattern: ownedName,
    form: 'owner/workspace',
    path: (owner, name) => `@${owner}/${name}`,
  },
  {
    annotation: 'formulary.dev/mattermost-channel',
    title: 'Channel',
    icon: 'chat',
    baseUrlKeys: ['mattermost.baseUrl'],
    pattern: ownedName,
    form: 'team/channel',
    path: (team, channel) => `${team}/channels/${channel}`,
  },
  {
    annotation: 'formulary.dev/twenty-opportunity',
    title: 'CRM record',
    icon: 'user',
    baseUrlKeys: ['twenty.frontUrl', 'twenty.baseUrl'],
    pattern: /^([A-Za-z0-9-]+)$/,
    form: 'the id of the opportunity',
    path: id => `object/opportunity/${id}`,
  },
];

/**
 * Turns the annotations that say which resources belong to an entity into
 * links. A catalog-info.yaml so names a repository or a workspace but no
 * server: the addresses come from config, and a service that moves leaves no
 * dead links behind in a thousand repositories.
 */
export class ResourceLinksProcessor implements CatalogProcessor {
  readonly #baseUrls: Map<string, string>;

  private constructor(baseUrls: Map<string, string>) {
    this.#baseUrls = baseUrls;
  }

  static fromConfig(config: RootConfigService): ResourceLinksProcessor {
    const baseUrls = new Map<string, string>();
    for (const { annotation, baseUrlKeys } of resources) {
      const key = baseUrlKeys.find(candidate => config.has(candidate));
      if (key) {
        baseUrls.set(annotation, config.getString(key).replace(/\/+$/, ''));
      }
    }
    return new ResourceLinksProcessor(baseUrls);
  }

  getProcessorName(): string {
    return 'ResourceLinksProcessor';
  }

  /** @throws TypeError when an annotation does not have its form. */
  async preProcessEntity(entity: Entity): Promise<Entity> {
    const existing = entity.metadata.links ?? [];
    const links: EntityLink[] = [];
    for (const resource of resources) {
      const value = entity.metadata.annotations?.[resource.annotation];
      const baseUrl = this.#baseUrls.get(resource.annotation);
      if (value === undefined || !baseUrl) {
        continue;
      }
      const [, ...parts] = resource.pattern.exec(value) ?? [];
      if (parts.length === 0) {
        throw new TypeError(
          `The annotation ${resource.annotation} must be ${resource.form}, but it is "${value}"`,
        );
      }
      const url = `${baseUrl}/${resource.path(...parts)}`;
      if (!existing.some(link => link.url === url)) {
        links.push({ url, title: resource.title, icon: resource.icon });
      }
    }
    if (links.length === 0) {
      return entity;
    }
    return {
      ...entity,
      metadata: { ...entity.metadata, links: [...existing, ...links] },
    };
  }
}
