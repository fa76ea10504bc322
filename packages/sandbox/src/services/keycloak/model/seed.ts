import { SandboxCredentials } from '../../../core/credentials';
import { organisations, people } from '../../../core/people';
import { hashPassword } from './passwords';
import { Realm } from './realm';
import { DEFAULT_ROLE } from './users';

const roles = {
  [DEFAULT_ROLE]: 'Roles that everybody has',
  'platform-admin': 'Runs the platform',
  'organisation-admin': 'Looks after the people of one organisation',
  developer: 'Builds with formulas',
};

/**
 * Fills an empty realm with the sandbox's roles, groups, organisations and people.
 *
 * A realm that has people stays as it is: somebody may have changed it.
 */
export async function seedRealm(
  realm: Realm,
  credentials: SandboxCredentials['people'],
): Promise<void> {
  if (realm.users.all().length > 0) return;
  const hashes = new Map<string, string>();
  for (const { username, password } of credentials) {
    hashes.set(username, await hashPassword(password));
  }
  for (const [name, description] of Object.entries(roles)) {
    realm.ensureRole(name, description);
  }
  for (const { alias, name, domain } of organisations) {
    realm.groups.ensure(`/${alias}/${alias}-developers`);
    realm.organizations.create({
      alias,
      name,
      enabled: true,
      domains: [{ name: domain, verified: true }],
      attributes: {},
    });
  }
  for (const person of people) {
    realm.users.create({
      username: person.username,
      email: person.email,
      emailVerified: true,
      firstName: person.firstName,
      lastName: person.lastName,
      realmRoles: [DEFAULT_ROLE, person.role],
      groups: person.groups.map(path => realm.groups.ensure(path).id),
      organizations: [realm.organizations.byAlias(person.organisation)!.id],
      passwordHash: hashes.get(person.username),
    });
  }
}
