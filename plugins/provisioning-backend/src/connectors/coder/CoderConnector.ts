import { CoderClient, CoderUser } from '@formulary/plugin-coder-node';
import { Person } from '@formulary/plugin-provisioning-common';
import {
  ConnectorCallOptions,
  EnsureResult,
  LinkCheck,
  ObservedAccount,
  RemoveOptions,
  ServiceConnector,
  ServiceHealth,
} from '@formulary/plugin-provisioning-node';
import {
  isServiceError,
  sameEmail,
  ServiceError,
} from '@formulary/service-client-node';
import { accountNames } from '../naming';
import { CoderEntitlements } from './CoderEntitlements';
import { CoderListing } from './CoderListing';
import { checkHealth } from './health';
import { coderNameRules } from './nameRules';
import { removeWorkspaces, stopWorkspaces } from './workspaces';

/**
 * Accounts in Coder.
 *
 * Coder links an account at its first OIDC log-in, by the verified e-mail and
 * only when its login type is `oidc` (coderd/userauth.go). Its API does not tell
 * to which identity an account is linked, so an account counts as a person's
 * when it has their verified e-mail, when an earlier call answered it for them,
 * or when it was never used and has the name with the mark of their identity.
 */
export class CoderConnector implements ServiceConnector {
  readonly service = 'coder';
  readonly title = 'Coder';
  readonly url: string;

  readonly entitlements: CoderEntitlements;
  readonly listing: CoderListing;

  constructor(private readonly client: CoderClient) {
    this.entitlements = new CoderEntitlements(client);
    this.listing = new CoderListing(client);
    this.url = client.accessUrl;
  }

  async find(
    person: Person,
    options: ConnectorCallOptions = {},
  ): Promise<ObservedAccount | undefined> {
    const user = await this.findUser(person, options);
    return user && this.observe(user);
  }

  async ensure(
    person: Person,
    options: ConnectorCallOptions = {},
  ): Promise<EnsureResult> {
    if (!person.emailVerified) {
      throw this.refuse(
        'validation',
        `Coder lets nobody log in whose e-mail address is not verified. ${person.displayName} must verify ${person.email} at the identity provider first`,
      );
    }
    const existing = await this.findUser(person, options);
    if (existing) return this.keep(person, existing, options);
    const [preferred] = accountNames(person, coderNameRules);
    return (
      (await this.create(person, preferred, options)) ??
      this.resolveTakenName(person, options)
    );
  }

  async verifyLink(
    person: Person,
    options: ConnectorCallOptions = {},
  ): Promise<LinkCheck> {
    const user = await this.findUser(person, options);
    if (!user) return { linked: false, reason: 'There is no account in Coder' };
    if (!person.emailVerified) {
      return {
        linked: false,
        reason: `Coder refuses the log-in until ${person.email} is verified at the identity provider`,
      };
    }
    if (user.login_type !== 'oidc') {
      return {
        linked: false,
        reason: `The account ${user.username} logs in with "${user.login_type}" and not with the identity provider`,
      };
    }
    if (user.status === 'suspended') {
      return {
        linked: false,
        reason: `The account ${user.username} is suspended`,
      };
    }
    if (!sameEmail(user.email, person.email)) {
      return {
        linked: user.status === 'active',
        reason:
          user.status === 'active'
            ? `The account ${user.username} was linked by an earlier log-in; Coder takes over the new e-mail address at the next one`
            : `The account ${user.username} has the address ${user.email}, so the first log-in with ${person.email} would not find it`,
      };
    }
    return {
      linked: true,
      reason:
        user.status === 'dormant'
          ? `The first log-in links the account ${user.username} by ${user.email}`
          : `The account ${user.username} has the same verified e-mail address and logs in with the identity provider. Coder does not tell with which identity: it refuses one that is not the account's`,
    };
  }

  async suspend(
    person: Person,
    options: ConnectorCallOptions = {},
  ): Promise<void> {
    const user = await this.findUser(person, options);
    if (!user) return;
    if (user.status !== 'suspended') {
      await this.client.users.suspend(user.id, options);
    }
    await stopWorkspaces(this.client, user.username, options);
  }

  async restore(
    person: Person,
    options: ConnectorCallOptions = {},
  ): Promise<void> {
    const user = await this.findUser(person, options);
    if (user?.status === 'suspended') {
      await this.client.users.activate(user.id, options);
    }
  }

  async remove(
    person: Person,
    { onlyUnused, ...options }: RemoveOptions = {},
  ): Promise<void> {
    const user = await this.findUser(person, options);
    if (!user) return;
    // Coder answers 417 for an account that still has workspaces.
    if (!onlyUnused) {
      await removeWorkspaces(this.client, user.username, options);
    }
    await this.client.users.delete(user.id, options);
  }

  async inUse(
    person: Person,
    options: ConnectorCallOptions = {},
  ): Promise<string | undefined> {
    const user = await this.findUser(person, options);
    if (!user) return undefined;
    const { username } = user;
    const owned = await this.client.workspaces.list(
      { owner: username },
      options,
    );
    if (owned.length > 0) {
      return `Coder's account ${username} has workspaces: ${owned
        .map(({ name }) => name)
        .join(', ')}`;
    }
    return user.status === 'active'
      ? `Somebody has logged in to Coder as ${username}`
      : undefined;
  }

  async health(options: ConnectorCallOptions = {}): Promise<ServiceHealth> {
    return checkHealth(this.client, options);
  }

  private async findUser(
    person: Person,
    options: ConnectorCallOptions,
  ): Promise<CoderUser | undefined> {
    const known =
      options.externalId === undefined
        ? undefined
        : await this.client.users.find(options.externalId, options);
    // An account that was used is linked: Coder finds it by that and not by e-mail.
    if (known && known.status !== 'dormant') return known;
    const byEmail = person.emailVerified
      ? await this.client.users.findByEmail(person.email, options)
      : undefined;
    if (byEmail ?? known) return byEmail ?? known;
    const marked = accountNames(person, coderNameRules).at(-1)!;
    const named = await this.client.users.find(marked, options);
    // Somebody may have renamed an account so; one that was never used is this connector's.
    return named?.status === 'dormant' ? named : undefined;
  }

  private async keep(
    person: Person,
    user: CoderUser,
    options: ConnectorCallOptions,
  ): Promise<EnsureResult> {
    if (user.login_type !== 'oidc') {
      throw this.refuse(
        'conflict',
        `Coder has an account ${user.username} with the address ${user.email} that logs in with "${user.login_type}", and only its owner can change that: under Account, Security, convert it to OpenID Connect. Or an admin deletes it`,
      );
    }
    const hasEmail = sameEmail(user.email, person.email);
    if (!hasEmail && user.status === 'dormant') {
      throw this.refuse(
        'conflict',
        `Coder's account ${user.username} has the former address ${user.email} and was never used, so a log-in with ${person.email} would not find it. Coder does not let an address be changed: an admin deletes the account and it is made again`,
      );
    }
    const isOurs =
      user.id === options.externalId ||
      accountNames(person, coderNameRules).some(
        name => user.username.toLowerCase() === name.toLowerCase(),
      );
    if (user.status === 'suspended' && !isOurs) {
      throw this.refuse(
        'conflict',
        `Coder has an account ${user.username} with the address ${user.email} that is suspended. If it is ${person.displayName}'s, an admin activates it; otherwise an admin deletes it`,
      );
    }
    const organization = await this.client.users.getOrganization(options);
    const member = user.organization_ids?.includes(organization.id) ?? false;
    if (!member) {
      await this.client.users.addToOrganization(user.id, options);
    }
    const account = this.observe(user);
    if (!member) return { outcome: 'updated', account };
    return { outcome: isOurs ? 'unchanged' : 'adopted', account };
  }

  /** The new account, or nothing when the name or the address is taken. */
  private async create(
    person: Person,
    username: string,
    options: ConnectorCallOptions,
  ): Promise<EnsureResult | undefined> {
    try {
      const user = await this.client.users.create(
        {
          username,
          email: person.email,
          name: person.displayName.trim().slice(0, 128).trim(),
        },
        options,
      );
      return { outcome: 'created', account: this.observe(user) };
    } catch (error) {
      if (isServiceError(error, 'conflict')) return undefined;
      throw error;
    }
  }

  /** Coder does not say which of name and address is taken, so look at both. */
  private async resolveTakenName(
    person: Person,
    options: ConnectorCallOptions,
  ): Promise<EnsureResult> {
    const names = accountNames(person, coderNameRules);
    const [preferred] = names;
    const marked = names.at(-1)!;
    const existing = await this.findUser(person, options);
    if (existing) return this.keep(person, existing, options);
    const holder = await this.client.users.find(preferred, options);
    if (holder?.login_type === 'oidc') {
      // It may be the same person under a former address: a second account
      // would take the new address away from the linked one and lock them out.
      throw this.refuse(
        'conflict',
        `Coder has an account ${holder.username} with the address ${holder.email} that logs in with the identity provider too. If it is ${person.displayName}'s, they log in once and Coder takes over ${person.email}; if it is somebody else's, an admin renames it`,
      );
    }
    const created = await this.create(person, marked, options);
    if (created) return created;
    throw this.refuse(
      'conflict',
      `Coder refuses ${names.join(' and ')} for ${
        person.email
      } as taken, but shows no such account. An admin looks for a deleted or hidden one`,
    );
  }

  private observe(user: CoderUser): ObservedAccount {
    return {
      service: this.service,
      state: user.status === 'suspended' ? 'suspended' : 'active',
      externalId: user.id,
      username: user.username,
      url: `${this.url}/workspaces`,
      message: user.status === 'suspended' ? 'Suspended in Coder' : undefined,
    };
  }

  private refuse(kind: 'conflict' | 'validation', message: string) {
    return new ServiceError(message, { kind, service: this.title });
  }
}
