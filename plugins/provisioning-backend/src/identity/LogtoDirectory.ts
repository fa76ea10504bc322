import { Person } from '@formulary/plugin-provisioning-common';
import {
  LogtoManagement,
  LogtoOrganization,
  LogtoUser,
} from './LogtoManagement';
import { PersonDirectory } from './PersonDirectory';
import { refusalOf, ResolvedPerson } from './ResolvedPerson';
import { userRefOf } from './userRef';

/** Persons as Logto knows them. */
export class LogtoDirectory implements PersonDirectory {
  constructor(
    private readonly logto: LogtoManagement,
    private readonly issuer: string,
  ) {}

  async find(subject: string): Promise<ResolvedPerson | undefined> {
    const user = await this.logto.findUser(subject);
    const organizations = user && (await this.logto.organizationsOf(subject));
    if (!user || !organizations) return undefined;
    const person = this.personOf(user, organizations);
    const enabled = !user.isSuspended;
    return { person, enabled, refusal: refusalOf(person, enabled) };
  }

  async membersOf(organizationId: string): Promise<string[]> {
    return this.logto.membersOf(organizationId);
  }

  private personOf(
    user: LogtoUser,
    organizations: LogtoOrganization[],
  ): Person {
    // Who signs up by e-mail has no username. Part of an address would not be theirs alone; the id is.
    const username = user.username || user.id;
    const firstName = user.profile?.givenName ?? undefined;
    const lastName = user.profile?.familyName ?? undefined;
    const organisation = organizations.map(aliasOf).sort()[0] ?? '';
    const fullName = [firstName, lastName].filter(Boolean).join(' ');
    return {
      userRef: userRefOf(username),
      issuer: this.issuer,
      subject: user.id,
      username,
      email: user.primaryEmail?.toLowerCase() ?? '',
      // Logto's own `email_verified` says the same: it takes a primary address
      // from a person only after a code that was sent there.
      emailVerified: Boolean(user.primaryEmail),
      displayName: user.name || fullName || username,
      firstName,
      lastName,
      organisation,
      groups: organizations.flatMap(groupsOf),
      // Who leads another organisation leads nobody in this one.
      roles: organizations
        .filter(each => aliasOf(each) === organisation)
        .flatMap(each => each.organizationRoles.map(({ name }) => name)),
      attributes: texts(user.customData ?? {}),
    };
  }
}

/** The name of an organisation as an entity of the catalog may have it: Logto's organisations have no aliases. */
function aliasOf({ name }: LogtoOrganization): string {
  return name.replace(/[^a-zA-Z0-9\-_.]/g, '-');
}

/** An organisation and the roles in it, as paths such as `/acme/lead`. */
function groupsOf(organization: LogtoOrganization): string[] {
  const path = `/${aliasOf(organization)}`;
  return [
    path,
    ...organization.organizationRoles.map(({ name }) => `${path}/${name}`),
  ];
}

function texts(customData: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(customData).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value]] : [],
    ),
  );
}
