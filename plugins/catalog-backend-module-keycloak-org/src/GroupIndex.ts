import { Entity } from '@backstage/catalog-model';
import {
  KEYCLOAK_GROUP_ID_ANNOTATION,
  KEYCLOAK_ID_ANNOTATION,
  KEYCLOAK_ORGANIZATION_ANNOTATION,
} from './annotations';

/** What an organisation is called. */
export interface OrganizationName {
  /** Name of the entity. */
  name: string;
  alias: string;
}

/** Finds the entities of groups and organisations by their ids in Keycloak. */
export class GroupIndex {
  private readonly groups = new Map<string, string>();
  private readonly organizations = new Map<string, OrganizationName>();
  private readonly merged = new Set<string>();

  /** @param entities - groups and organisations */
  constructor(entities: Entity[]) {
    for (const { metadata, spec } of entities) {
      const { [KEYCLOAK_ID_ANNOTATION]: id, ...more } =
        metadata.annotations ?? {};
      if (spec?.type === 'organization') {
        this.organizations.set(id, {
          name: metadata.name,
          alias: more[KEYCLOAK_ORGANIZATION_ANNOTATION] ?? metadata.name,
        });
        const groupId = more[KEYCLOAK_GROUP_ID_ANNOTATION];
        if (groupId) this.merged.add(groupId);
      } else {
        this.groups.set(id, metadata.name);
      }
    }
  }

  organization(id: string): OrganizationName | undefined {
    return this.organizations.get(id);
  }

  /** The entity's name of a group; undefined for one that is not known, or that stands for an organisation. */
  group(id: string): string | undefined {
    return this.groups.get(id);
  }

  /** Whether a group or an organisation is known. */
  has(id: string): boolean {
    return (
      this.groups.has(id) || this.organizations.has(id) || this.merged.has(id)
    );
  }
}
