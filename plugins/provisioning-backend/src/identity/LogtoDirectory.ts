import {
  LogtoClient,
  LogtoMembership,
  LogtoUser,
  organizationNames,
} from '@formulary/plugin-logto-node';
import { DirectoryPerson, PersonDirectory } from './PersonDirectory';
import { refusalOf } from './ResolvedPerson';

/** Milliseconds for which the names of organisations are believed. */
const NAMES_MS = 30_000;

/** An organisation of a person, by the name that it has in the portal. */
interface NamedMembership {
  name: string;
  roles: string[];
}

/** Persons as Logto knows them. */
export class LogtoDirectory implements PersonDirectory {
  private names = new Map<string, string>();
  private namesReadAt = 0;

  constructor(
    private readonly logto: LogtoClient,
    private readonly issuer: string,
  ) {}

  async find(subject: string): Promise<DirectoryPerson | undefined> {
    const user = await this.logto.findUser(subject);
    const memberships = user && (await this.logto.organizationsOf(subject));
    if (!user || !memberships) return undefined;
    const person = this.personOf(user, await this.named(memberships));
    const enabled = !user.isSuspended;
    return { person, enabled, refusal: refusalOf(person, enabled) };
  }

  async membersOf(organizationId: string): Promise<string[]> {
    const members: string[] = [];
    for await (const page of this.logto.members(organizationId)) {
      members.push(...page.map(({ id }) => id));
    }
    return members;
  }

  /** Only all organisations together tell which of those that share a name has it. */
  private async named(
    memberships: LogtoMembership[],
  ): Promise<NamedMembership[]> {
    const isKnown = memberships.every(({ id }) => this.names.has(id));
    if (!isKnown || Date.now() - this.namesReadAt > NAMES_MS) {
      const all = await this.logto.organizations();
      const ids = new Set(all.map(({ id }) => id));
      this.names = organizationNames([
        ...all,
        // Made while the list was read.
        ...memberships.filter(({ id }) => !ids.has(id)),
      ]);
      this.namesReadAt = Date.now();
    }
    return memberships.map(({ id, organizationRoles }) => ({
      name: this.names.get(id)!,
      roles: organizationRoles.map(role => role.name),
    }));
  }

  private personOf(
    user: LogtoUser,
    memberships: NamedMembership[],
  ): DirectoryPerson['person'] {
    // Who signs up by e-mail has no username. Part of an address would not be theirs alone; the id is.
    const username = user.username || user.id;
    const firstName = user.profile?.givenName ?? undefined;
    const lastName = user.profile?.familyName ?? undefined;
    const organisation = memberships.map(({ name }) => name).sort()[0] ?? '';
    const fullName = [firstName, lastName].filter(Boolean).join(' ');
    return {
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
      groups: memberships.flatMap(groupsOf),
      // Who leads another organisation leads nobody in this one.
      roles: memberships
        .filter(({ name }) => name === organisation)
        .flatMap(({ roles }) => roles),
      attributes: texts(user.customData ?? {}),
    };
  }
}

/** An organisation and the roles in it, as paths such as `/acme/lead`. */
function groupsOf({ name, roles }: NamedMembership): string[] {
  return [`/${name}`, ...roles.map(role => `/${name}/${role}`)];
}

function texts(customData: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(customData).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value]] : [],
    ),
  );
}
