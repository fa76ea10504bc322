import { KeycloakAdmin, KeycloakGroup, KeycloakUser } from './KeycloakAdmin';
import { DirectoryPerson, PersonDirectory } from './PersonDirectory';
import { refusalOf } from './ResolvedPerson';

/** Persons as Keycloak knows them. */
export class KeycloakDirectory implements PersonDirectory {
  constructor(
    private readonly keycloak: KeycloakAdmin,
    private readonly issuer: string,
    /** Whether anybody wants to know the roles, which costs a call for each person. */
    private readonly withRoles = false,
  ) {}

  async find(subject: string): Promise<DirectoryPerson | undefined> {
    const user = await this.keycloak.findUser(subject);
    return user && this.describe(user);
  }

  async findByUsername(username: string): Promise<DirectoryPerson | undefined> {
    const user = await this.keycloak.findUserByName(username);
    return user && this.describe(user);
  }

  private async describe(user: KeycloakUser): Promise<DirectoryPerson> {
    const [groups, organizations, roles] = await Promise.all([
      this.keycloak.groupsOf(user.id),
      this.keycloak.organizationsOf(user.id),
      this.withRoles ? this.keycloak.rolesOf(user.id) : undefined,
    ]);
    const fullName = [user.firstName, user.lastName].filter(Boolean).join(' ');
    const person = {
      issuer: this.issuer,
      subject: user.id,
      username: user.username,
      email: user.email?.toLowerCase() ?? '',
      emailVerified: user.emailVerified,
      displayName: fullName || user.username,
      firstName: user.firstName,
      lastName: user.lastName,
      organisation: [...(organizations ?? topLevel(groups))].sort()[0] ?? '',
      groups: groups.map(({ path }) => path),
      ...(roles ? { roles } : {}),
      attributes: firstValues(user.attributes),
    };
    return {
      person,
      enabled: user.enabled,
      refusal: refusalOf(person, user.enabled),
    };
  }
}

/** Names of the outermost groups, which stand for organisations in a realm without any. */
function topLevel(groups: KeycloakGroup[]): string[] {
  return groups
    .map(({ path }) => path.split('/').filter(Boolean)[0])
    .filter(name => name !== undefined);
}

function firstValues(
  attributes: Record<string, string[]>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(attributes).flatMap(([name, [value]]) =>
      value === undefined ? [] : [[name, value]],
    ),
  );
}
