import { AuthService } from '@backstage/backend-plugin-api';
import {
  Entity,
  RELATION_CHILD_OF,
  RELATION_MEMBER_OF,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import type { AccessGroup } from '@formulary/plugin-access-common';
import { DISABLED_ANNOTATION } from '@formulary/plugin-organization-sync-node';

/** Somebody, and where they belong. */
export interface Person {
  userRef: string;
  displayName: string;
  /** Whether the identity provider has disabled them. */
  isDisabled: boolean;
  /** Refs of the person and of the groups that they are in themselves: what a sign-in claims. */
  ownershipRefs: string[];
  /** The groups that they are in, and all above those. */
  groups: AccessGroup[];
}

const FIELDS = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.title',
  'metadata.annotations',
  'spec.type',
  'spec.profile.displayName',
  'relations',
];

/** Who belongs where, as the catalog has it. */
export class Directory {
  constructor(
    private readonly catalog: CatalogService,
    private readonly auth: AuthService,
  ) {}

  /** @throws NotFoundError when the catalog does not know the person */
  async person(userRef: string): Promise<Person> {
    const [user] = await this.entities([userRef]);
    if (!user) {
      throw new NotFoundError(
        `The catalog does not know ${userRef}. Somebody new appears with the next organisation sync`,
      );
    }
    const ref = stringifyEntityRef(user);
    const memberOf = targets(user, RELATION_MEMBER_OF);
    return {
      userRef: ref,
      displayName: titleOf(user),
      isDisabled: Boolean(user.metadata.annotations?.[DISABLED_ANNOTATION]),
      ownershipRefs: [ref, ...memberOf],
      groups: await this.above(memberOf),
    };
  }

  /** Groups and all above them, each with the shortest way to it; level by level, so that a circle ends. */
  private async above(direct: string[]): Promise<AccessGroup[]> {
    const paths = new Map(direct.map(ref => [ref, [ref]]));
    const groups: AccessGroup[] = [];
    let level = direct;
    while (level.length > 0) {
      const next = new Set<string>();
      for (const group of await this.entities(level)) {
        const ref = stringifyEntityRef(group);
        const path = paths.get(ref) ?? [ref];
        groups.push({
          ref,
          title: titleOf(group),
          isOrganisation: group.spec?.type === 'organization',
          path,
        });
        for (const parent of targets(group, RELATION_CHILD_OF)) {
          if (paths.has(parent)) continue;
          paths.set(parent, [...path, parent]);
          next.add(parent);
        }
      }
      level = [...next];
    }
    return groups;
  }

  private async entities(entityRefs: string[]): Promise<Entity[]> {
    const { items } = await this.catalog.getEntitiesByRefs(
      { entityRefs, fields: FIELDS },
      { credentials: await this.auth.getOwnServiceCredentials() },
    );
    return items.filter(entity => entity !== undefined);
  }
}

function targets(entity: Entity, type: string): string[] {
  return (entity.relations ?? [])
    .filter(relation => relation.type === type)
    .map(relation => relation.targetRef);
}

function titleOf({ metadata, spec }: Entity): string {
  const profile = spec?.profile as { displayName?: string } | undefined;
  return profile?.displayName ?? metadata.title ?? metadata.name;
}
