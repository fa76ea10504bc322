import { randomBytes } from 'node:crypto';
import { FakeLogto, FakeLogtoUser } from '@formulary/logto-test-utils';

/** Organisations by the e-mail domains of those who join them at once (just-in-time provisioning). */
const ORGANIZATIONS: Record<string, string> = {
  'acme.example': 'acme',
  'globex.example': 'globex',
};

/** What somebody types to sign up. */
export interface SignUp {
  username: string;
  email: string;
  password: string;
}

/** The people of the stand-in, with their passwords. */
export class LogtoPeople {
  private readonly passwords = new Map<string, string>();

  constructor(private readonly logto: FakeLogto) {
    for (const key of Object.values(ORGANIZATIONS)) {
      logto.organizations.set(key, key);
    }
    this.signUp({
      username: 'gina',
      email: 'gina@globex.example',
      password: 'a password of gina',
    });
  }

  /** Adds somebody to the organisation of their e-mail domain. */
  signUp({ username, email, password }: SignUp): FakeLogtoUser {
    const key = ORGANIZATIONS[email.split('@')[1]];
    const user: FakeLogtoUser = {
      // Logto's ids are 12 characters.
      id: randomBytes(6).toString('hex'),
      username,
      primaryEmail: email,
      name: username,
      organizations: key ? { [key]: [] } : {},
    };
    this.logto.users.set(user.id, user);
    this.passwords.set(user.id, password);
    return user;
  }

  /** Suspends somebody, or ends that. */
  suspend(username: string, isSuspended: boolean): FakeLogtoUser {
    const user = [...this.logto.users.values()].find(
      each => each.username === username,
    );
    if (!user) throw new Error(`Nobody is called ${username}`);
    const changed = { ...user, isSuspended };
    this.logto.users.set(user.id, changed);
    return changed;
  }

  /** Whoever has this name and password. */
  check(username: string, password: string): FakeLogtoUser | undefined {
    return [...this.logto.users.values()].find(
      user =>
        user.username === username && this.passwords.get(user.id) === password,
    );
  }

  /** Claims as Logto has them (`oidc/scope.ts` of logto-io/logto). */
  claims(id: string): { sub: string; [name: string]: unknown } | undefined {
    const user = this.logto.users.get(id);
    if (!user) return undefined;
    const keys = Object.keys(user.organizations ?? {});
    return {
      sub: id,
      username: user.username,
      preferred_username: user.username,
      name: user.name,
      email: user.primaryEmail,
      email_verified: Boolean(user.primaryEmail),
      organizations: keys.map(FakeLogto.organizationId),
      organization_data: keys.map(key => ({
        id: FakeLogto.organizationId(key),
        name: key,
        description: null,
      })),
    };
  }
}
