import { UserEntity } from '@backstage/catalog-model';
import {
  LOGTO_ORGANIZATIONS_ANNOTATION,
  LOGTO_ROLES_ANNOTATION,
} from './annotations';
import { heldRoleId } from './groupEntities';
import { LogtoPerson } from './LogtoPerson';
import { Origin } from './Origin';

/** What a person belongs to, by ids of Logto; roles of no organisation by name. */
export interface Belongings {
  organizations: { id: string; roleIds: string[] }[];
  roles: string[];
}

/** Ids of the groups that a person belongs to. */
export function groupIdsOf({ organizations }: Belongings): string[] {
  return organizations.flatMap(({ id, roleIds }) => [
    id,
    ...roleIds.map(roleId => heldRoleId(id, roleId)),
  ]);
}

/**
 * A person as an entity.
 *
 * @param groups - names of entities by ids of organisations and of roles in them
 */
export function userEntity(
  { user }: LogtoPerson,
  name: string,
  belongings: Belongings,
  groups: Map<string, string>,
  origin: Origin,
): UserEntity {
  const { givenName, familyName } = user.profile ?? {};
  const displayName =
    user.name || [givenName, familyName].filter(Boolean).join(' ');
  const organizations = belongings.organizations.map(({ id }) => id).sort();
  const roles = [...new Set(belongings.roles)].sort();
  return {
    apiVersion: 'backstage.io/v1beta1',
    kind: 'User',
    metadata: {
      name,
      annotations: {
        ...origin.annotations(user.id, `users/${encodeURIComponent(user.id)}`),
        ...(organizations.length > 0 && {
          [LOGTO_ORGANIZATIONS_ANNOTATION]: organizations.join(','),
        }),
        ...(roles.length > 0 && { [LOGTO_ROLES_ANNOTATION]: roles.join(',') }),
      },
    },
    spec: {
      profile: {
        ...(user.primaryEmail && { email: user.primaryEmail }),
        ...(displayName && { displayName }),
      },
      memberOf: groupIdsOf(belongings)
        .flatMap(id => groups.get(id) ?? [])
        .sort(),
    },
  };
}
