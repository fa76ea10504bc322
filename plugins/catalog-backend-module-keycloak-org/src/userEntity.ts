import { UserEntity } from '@backstage/catalog-model';
import {
  KEYCLOAK_ORGANIZATION_ANNOTATION,
  KEYCLOAK_ROLES_ANNOTATION,
} from './annotations';
import { GroupIndex } from './GroupIndex';
import { Origin } from './Origin';
import { KeycloakUser } from './representations';

/** What a person belongs to, by ids of Keycloak; roles by name. */
export interface Belongings {
  groups: string[];
  organizations: string[];
  roles: string[];
}

/** A person as an entity. */
export function userEntity(
  user: KeycloakUser,
  name: string,
  belongings: Belongings,
  index: GroupIndex,
  origin: Origin,
): UserEntity {
  const organizations = belongings.organizations.flatMap(
    id => index.organization(id) ?? [],
  );
  const memberOf = new Set([
    ...belongings.groups.flatMap(id => index.group(id) ?? []),
    ...organizations.map(organization => organization.name),
  ]);
  const displayName = [user.firstName, user.lastName].filter(Boolean).join(' ');
  const roles = [...new Set(belongings.roles)].sort();
  const aliases = organizations.map(({ alias }) => alias).sort();
  return {
    apiVersion: 'backstage.io/v1beta1',
    kind: 'User',
    metadata: {
      name,
      annotations: {
        ...origin.annotations('users', user.id),
        ...(aliases.length > 0 && {
          [KEYCLOAK_ORGANIZATION_ANNOTATION]: aliases.join(','),
        }),
        ...(roles.length > 0 && {
          [KEYCLOAK_ROLES_ANNOTATION]: roles.join(','),
        }),
      },
    },
    spec: {
      profile: {
        ...(user.email && { email: user.email }),
        ...(displayName && { displayName }),
      },
      memberOf: [...memberOf].sort(),
    },
  };
}

/** Whether a role says nothing about a person: Keycloak gives it to everybody. */
export function isEverybodysRole(role: string, realm: string): boolean {
  return (
    role === 'offline_access' ||
    role === 'uma_authorization' ||
    role === `default-roles-${realm.toLocaleLowerCase('en-US')}`
  );
}
