import {
  Entity,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import type { LocationSpec } from '@backstage/plugin-catalog-common';
import {
  ORGANIZATION_ANNOTATION,
  SHARED,
} from '@formulary/plugin-organization-sync-node';
import { organizationRef } from './organization';
import { OrganizationSettings } from './organizationSettings';

/** Where owners, groups and their parents are found. */
export interface EntityDirectory {
  /** @param ref - in lower case */
  find(ref: string): Promise<Entity | undefined>;
}

/** What was found, and who could not be found yet. */
export interface FoundOrganization {
  /** Ref of the organisation's group, or {@link SHARED}; absent when it belongs to none. */
  organization?: string;
  /** Ref of an owner or group on the way that is not in the catalog. */
  missing?: string;
}

/** More groups above a group are no organisation, but a mistake. */
const MOST_LEVELS = 20;

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value !== '';

/** Finds the organisation of an entity; nothing that a person registered is believed but its owner. */
export class OrganizationFinder {
  constructor(
    private readonly settings: OrganizationSettings,
    private readonly directory: EntityDirectory,
  ) {}

  /** @throws TypeError when an annotation or an owner is no ref */
  async find(
    entity: Entity,
    location: LocationSpec,
    originLocation: LocationSpec,
  ): Promise<FoundOrganization> {
    const byPerson = this.#isPersonOrGroup(entity);
    const trusted =
      byPerson ||
      this.settings.configured.has(
        `${originLocation.type}:${originLocation.target}`,
      );
    const stated = entity.metadata.annotations?.[ORGANIZATION_ANNOTATION];
    if (trusted && isText(stated)) {
      return { organization: organizationRef(stated) };
    }

    const byLocation = this.settings.locations.find(
      ({ target }) =>
        location.target === target || location.target.startsWith(`${target}/`),
    );
    if (byLocation) return { organization: byLocation.organization };

    const found = byPerson
      ? await this.#ofPersonOrGroup(entity)
      : await this.ofOwner(entity);
    const ofPlatform =
      found.organization && this.settings.platform.has(found.organization);
    const shareable = trusted && entity.kind.toLocaleLowerCase() !== 'user';
    return ofPlatform && shareable ? { organization: SHARED } : found;
  }

  /** @throws TypeError when the owner is no ref */
  async ofOwner(entity: Entity): Promise<FoundOrganization> {
    const ref = ownerOf(entity);
    if (!ref) return {};
    const found = await this.directory.find(ref);
    if (!found) return { missing: ref };
    return this.#isPersonOrGroup(found) ? this.#ofPersonOrGroup(found) : {};
  }

  #isPersonOrGroup({ kind }: Entity): boolean {
    return ['user', 'group'].includes(kind.toLocaleLowerCase('en-US'));
  }

  /** The organisation of a person is that of their first group; of a group, the topmost one above it. */
  async #ofPersonOrGroup(entity: Entity): Promise<FoundOrganization> {
    let current = entity;
    for (let level = 0; level < MOST_LEVELS; level++) {
      const stated = current.metadata.annotations?.[ORGANIZATION_ANNOTATION];
      // What is shared of the platform's own groups still is the platform's.
      if (isText(stated) && stated !== SHARED) {
        return { organization: organizationRef(stated) };
      }
      const above = groupAbove(current);
      if (!above) {
        return current.kind.toLocaleLowerCase('en-US') === 'group'
          ? { organization: stringifyEntityRef(current) }
          : {};
      }
      const ref = refOf(above, current);
      const found = await this.directory.find(ref);
      if (!found) return { missing: ref };
      current = found;
    }
    return {};
  }
}

function groupAbove({ kind, spec }: Entity): string | undefined {
  if (kind.toLocaleLowerCase('en-US') === 'group') {
    return isText(spec?.parent) ? spec.parent : undefined;
  }
  return Array.isArray(spec?.memberOf) ? spec.memberOf.find(isText) : undefined;
}

/**
 * Ref of the owner that an entity names.
 *
 * @throws TypeError when the owner is no ref
 */
export function ownerOf(entity: Entity): string | undefined {
  const owner = entity.spec?.owner;
  return isText(owner) ? refOf(owner, entity) : undefined;
}

function refOf(ref: string, { metadata }: Entity): string {
  return stringifyEntityRef(
    parseEntityRef(ref, {
      defaultKind: 'Group',
      defaultNamespace: metadata.namespace ?? 'default',
    }),
  );
}
