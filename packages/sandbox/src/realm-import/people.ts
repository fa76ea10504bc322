import type { SandboxCredentials } from '../core/credentials';
import { organisations, people } from '../core/people';

/** Roles of the client `realm-management` that the portal's service account needs, and the contract suite. */
const SERVICE_ACCOUNT_ROLES = [
  'view-users',
  'query-users',
  'query-groups',
  'manage-users',
  'view-realm',
  'manage-realm',
  'view-events',
  'manage-events',
];

/** The seeded people and the portal's service account (UserRepresentation). */
export function usersOf(credentials: SandboxCredentials) {
  const { clientId } = credentials.services.keycloak;
  const passwords = new Map(
    credentials.people.map(({ username, password }) => [username, password]),
  );
  return [
    ...people.map((person, index) => ({
      username: person.username,
      email: person.email,
      emailVerified: true,
      enabled: true,
      firstName: person.firstName,
      lastName: person.lastName,
      attributes: { mattermostId: [String(index + 1)] },
      credentials: [
        { type: 'password', value: passwords.get(person.username) },
      ],
      realmRoles: [person.role],
      groups: person.groups,
    })),
    {
      username: `service-account-${clientId}`,
      enabled: true,
      serviceAccountClientId: clientId,
      clientRoles: { 'realm-management': SERVICE_ACCOUNT_ROLES },
    },
  ];
}

/** The seeded organisations with their members (OrganizationRepresentation). */
export function organizations() {
  return organisations.map(({ alias, name, domain }) => ({
    alias,
    name,
    enabled: true,
    domains: [{ name: domain, verified: true }],
    members: people
      .filter(({ organisation }) => organisation === alias)
      .map(({ username }) => ({ username, membershipType: 'UNMANAGED' })),
  }));
}

/** A group with those below it (GroupRepresentation). */
export interface GroupTree {
  name: string;
  subGroups: GroupTree[];
}

/** The tree of the groups that the seeded people are in, and of each organisation's developers. */
export function groupTrees(): GroupTree[] {
  const trees: GroupTree[] = [];
  const paths = [
    ...people.flatMap(({ groups }) => groups),
    ...organisations.map(({ alias }) => `/${alias}/${alias}-developers`),
  ];
  for (const path of paths) {
    let level = trees;
    for (const name of path.split('/').filter(Boolean)) {
      let group = level.find(candidate => candidate.name === name);
      if (!group) {
        group = { name, subGroups: [] };
        level.push(group);
      }
      level = group.subGroups;
    }
  }
  return trees;
}
