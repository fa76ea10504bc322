import { inParallel } from '@formulary/plugin-organization-sync-node';
import { isServiceError } from '@formulary/service-client-node';
import { readGroups } from './GroupTree';
import { KeycloakRealm } from './KeycloakRealm';
import { KeycloakOrganization, KeycloakUser } from './representations';
import { Belongings, isEverybodysRole } from './userEntity';

/** What there is to know of a realm beside the users themselves. */
export interface RealmStructure {
  groups: Awaited<ReturnType<typeof readGroups>>;
  organizations: KeycloakOrganization[];
  /** What each user belongs to, by the user's id. */
  belongings: Map<string, Belongings>;
  /** Whether organisations were read from their list, so that each can be asked for again. */
  organizationsListed: boolean;
}

/** How a realm is read. */
export interface ReadingOptions {
  concurrency: number;
  realmRoles: boolean;
}

/** Reads groups, organisations, roles and who has them: ids and names, no users. */
export async function readStructure(
  realm: KeycloakRealm,
  options: ReadingOptions,
): Promise<RealmStructure> {
  const belongings = new Map<string, Belongings>();
  const of = ({ id }: KeycloakUser): Belongings => {
    const known = belongings.get(id);
    if (known) return known;
    const none: Belongings = { groups: [], organizations: [], roles: [] };
    belongings.set(id, none);
    return none;
  };
  const { concurrency } = options;

  const groups = await readGroups(realm, concurrency);
  await inParallel(groups, concurrency, async group => {
    for await (const members of realm.groupMembers(group)) {
      for (const member of members) of(member).groups.push(group.id);
    }
  });

  const listed = await listOrganizations(realm);
  const organizations = listed ?? [];
  if (listed) {
    await inParallel(listed, concurrency, async organization => {
      for await (const members of realm.organizationMembers(organization)) {
        for (const member of members) {
          of(member).organizations.push(organization.id);
        }
      }
    });
  } else {
    const found = new Map<string, KeycloakOrganization>();
    for await (const users of realm.users()) {
      await inParallel(users, concurrency, async user => {
        for (const organization of await realm.organizationsOf(user.id)) {
          found.set(organization.id, organization);
          of(user).organizations.push(organization.id);
        }
      });
    }
    organizations.push(
      ...[...found.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
    );
  }

  if (options.realmRoles) {
    const roles = (await realm.roles()).filter(
      role => !isEverybodysRole(role, realm.name),
    );
    await inParallel(roles, concurrency, async role => {
      for await (const members of realm.roleMembers(role)) {
        for (const member of members) of(member).roles.push(role);
      }
    });
  }
  return {
    groups,
    organizations,
    belongings,
    organizationsListed: listed !== undefined,
  };
}

/**
 * The organisations, or undefined when the service account may not list them:
 * Keycloak 26 wants `manage-realm` for that (`OrganizationsResource.search`), but
 * tells of each user to which they belong.
 */
export async function listOrganizations(
  realm: KeycloakRealm,
): Promise<KeycloakOrganization[] | undefined> {
  const enabled = await realm.hasOrganizations();
  if (enabled === false) return [];
  try {
    return await realm.organizations();
  } catch (error) {
    if (isServiceError(error, 'forbidden')) return undefined;
    // A realm before organisations.
    if (isServiceError(error, 'not-found') && !enabled) return [];
    throw error;
  }
}

/** What one person belongs to, asked for that person alone. */
export async function belongingsOf(
  realm: KeycloakRealm,
  userId: string,
  options: ReadingOptions,
): Promise<Belongings> {
  const [groups, organizations, roles] = await Promise.all([
    realm.groupsOf(userId),
    organizationsOf(realm, userId),
    options.realmRoles ? realm.rolesOf(userId) : [],
  ]);
  return {
    groups: groups.map(({ id }) => id),
    organizations: organizations.map(({ id }) => id),
    roles: roles.filter(role => !isEverybodysRole(role, realm.name)),
  };
}

async function organizationsOf(
  realm: KeycloakRealm,
  userId: string,
): Promise<KeycloakOrganization[]> {
  try {
    return await realm.organizationsOf(userId);
  } catch (error) {
    // A realm before organisations; Keycloak 26 answers with an empty list where they are off.
    if (
      isServiceError(error, 'not-found') &&
      !(await realm.hasOrganizations())
    ) {
      return [];
    }
    throw error;
  }
}
