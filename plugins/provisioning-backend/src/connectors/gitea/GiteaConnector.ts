import { GiteaClient, GiteaUser } from '@formulary/plugin-gitea-node';
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
import { isServiceError, ServiceError } from '@formulary/service-client-node';
import { accountNames } from '../naming';
import { adoptionProblem } from './adoption';
import { GiteaEntitlements } from './GiteaEntitlements';
import { GiteaListing } from './GiteaListing';
import { checkHealth } from './health';
import { giteaNameRules } from './nameRules';

/** Gives people their account in Gitea, linked by login source and subject. */
export class GiteaConnector implements ServiceConnector {
  readonly service = 'gitea';
  readonly title = 'Gitea';

  readonly entitlements: GiteaEntitlements;
  readonly listing: GiteaListing;

  constructor(private readonly client: GiteaClient) {
    this.entitlements = new GiteaEntitlements(client);
    this.listing = new GiteaListing(client);
  }

  get url(): string {
    return this.client.baseUrl;
  }

  async find(
    person: Person,
    options?: ConnectorCallOptions,
  ): Promise<ObservedAccount | undefined> {
    const linked = await this.client.users.bySubject(person.subject, options);
    if (linked) return this.account(linked);
    const existing = await this.client.users.byEmail(person.email, options);
    // Somebody else's account is not the person's, whatever its address.
    if (!existing || adoptionProblem(existing, person)) return undefined;
    return {
      ...this.account(existing),
      state: 'pending',
      message:
        'The account is not linked to the identity provider yet. Onboard the person to link it',
    };
  }

  async ensure(
    person: Person,
    options?: ConnectorCallOptions,
  ): Promise<EnsureResult> {
    const linked = await this.client.users.bySubject(person.subject, options);
    if (linked) return this.refresh(linked, person, options);
    const existing = await this.client.users.byEmail(person.email, options);
    if (existing) return this.adopt(existing, person, options);
    return {
      outcome: 'created',
      account: this.account(await this.create(person, options)),
    };
  }

  async verifyLink(
    person: Person,
    options?: ConnectorCallOptions,
  ): Promise<LinkCheck> {
    const user = await this.client.users.bySubject(person.subject, options);
    if (!user) {
      return {
        linked: false,
        reason: `No account in Gitea has login source ${this.client.oauthSourceId} and the person's subject as login name`,
      };
    }
    return user.prohibit_login
      ? {
          linked: false,
          reason: `The account ${user.login} is suspended: it may not log in`,
        }
      : {
          linked: true,
          reason: `The account ${user.login} has the login source and the subject that the log-in will bring`,
        };
  }

  /** Prohibits the log-in. Deactivating would not do: a log-in activates the account again. */
  async suspend(person: Person, options?: ConnectorCallOptions): Promise<void> {
    const user = await this.client.users.bySubject(person.subject, options);
    if (!user || user.prohibit_login) return;
    await this.client.users.edit(
      user,
      person.subject,
      { prohibitLogin: true },
      options,
    );
  }

  async restore(person: Person, options?: ConnectorCallOptions): Promise<void> {
    const user = await this.client.users.bySubject(person.subject, options);
    if (!user) {
      throw new ServiceError(
        `Gitea could not restore the account of ${person.username}: there is none. Onboard the person again`,
        { kind: 'not-found', service: this.title },
      );
    }
    if (!user.prohibit_login) return;
    await this.client.users.edit(
      user,
      person.subject,
      { prohibitLogin: false },
      options,
    );
  }

  /**
   * Takes the person out of their organisations and deletes the account.
   *
   * @throws ServiceError of kind `conflict` while it owns repositories or packages: it stays suspended then
   */
  async remove(
    person: Person,
    { onlyUnused, ...options }: RemoveOptions = {},
  ): Promise<void> {
    const user = await this.client.users.bySubject(person.subject, options);
    if (!user) return;
    if (!onlyUnused) {
      await this.suspend(person, options);
      await this.leaveOrganizations(user, options);
    }
    try {
      await this.client.users.delete(user, options);
    } catch (error) {
      if (isServiceError(error, 'not-found')) return;
      if (!isServiceError(error, 'validation')) throw error;
      throw new ServiceError(
        `Gitea keeps the account ${user.login}${
          onlyUnused ? '' : ', suspended,'
        } because something still belongs to it (${
          error.message
        }). Transfer or delete its repositories and packages in Gitea, then remove it again`,
        { kind: 'conflict', service: this.title, cause: error },
      );
    }
  }

  async inUse(
    person: Person,
    options?: ConnectorCallOptions,
  ): Promise<string | undefined> {
    const user = await this.client.users.bySubject(person.subject, options);
    if (!user) return undefined;
    const { login } = user;
    if (user.last_login && new Date(user.last_login).getUTCFullYear() > 1970) {
      return `Somebody has logged in to Gitea as ${login}`;
    }
    if (await this.client.repositories.ownsAny(login, options)) {
      return `Gitea's account ${login} owns repositories`;
    }
    const [organization] = await this.client.users.organizations(user, options);
    return (
      organization &&
      `Gitea's account ${login} is a member of the organisation ${organization}`
    );
  }

  async health(options?: ConnectorCallOptions): Promise<ServiceHealth> {
    return checkHealth(this.client, options);
  }

  /** Creates under the first name that is free. */
  private async create(
    person: Person,
    options?: ConnectorCallOptions,
  ): Promise<GiteaUser> {
    let failure: unknown;
    for (const username of accountNames(person, giteaNameRules)) {
      try {
        return await this.client.users.create(
          {
            username,
            email: person.email,
            fullName: person.displayName,
            subject: person.subject,
          },
          options,
        );
      } catch (error) {
        if (!isServiceError(error, 'conflict', 'validation', 'unavailable')) {
          throw error;
        }
        // Another call may have been faster, or the answer was lost: what counts is what is there.
        const made = await this.client.users.bySubject(person.subject, options);
        if (made) return made;
        failure = error;
        const isTaken = await this.client.users.byName(username, options);
        if (!isTaken) throw error;
      }
    }
    throw failure;
  }

  /** Gitea deletes no member of an organisation (`models/error.go`, `ErrUserHasOrgs`). */
  private async leaveOrganizations(
    user: GiteaUser,
    options?: ConnectorCallOptions,
  ) {
    for (const organization of await this.client.users.organizations(
      user,
      options,
    )) {
      await this.client.users.leaveOrganization(user, organization, options);
    }
  }

  private async refresh(
    user: GiteaUser,
    person: Person,
    options?: ConnectorCallOptions,
  ): Promise<EnsureResult> {
    const email =
      person.emailVerified &&
      user.email.toLowerCase() !== person.email.toLowerCase()
        ? person.email
        : undefined;
    const fullName =
      user.full_name === person.displayName.slice(0, 100)
        ? undefined
        : person.displayName;
    if (email === undefined && fullName === undefined) {
      return { outcome: 'unchanged', account: this.account(user) };
    }
    const changes = { email, fullName };
    try {
      const { subject } = person;
      const changed = await this.client.users.edit(
        user,
        subject,
        changes,
        options,
      );
      return { outcome: 'updated', account: this.account(changed) };
    } catch (error) {
      if (!isServiceError(error, 'validation', 'conflict')) throw error;
      const holder = await this.client.users.byEmail(person.email, options);
      if (!holder || holder.id === user.id) throw error;
      throw new ServiceError(
        `Gitea could not give the account ${user.login} the new e-mail ${person.email}: the account ${holder.login} has it. Give that account another e-mail, or delete it, and try again. Log-ins still land on ${user.login}`,
        { kind: 'conflict', service: this.title, cause: error },
      );
    }
  }

  /** Links an account that has the person's verified address and is nobody else's. */
  private async adopt(
    user: GiteaUser,
    person: Person,
    options?: ConnectorCallOptions,
  ): Promise<EnsureResult> {
    const problem = adoptionProblem(user, person);
    if (problem) {
      throw new ServiceError(
        `Gitea could not give ${person.username} an account: the account ${user.login} has the e-mail ${person.email} already, ${problem}`,
        { kind: 'conflict', service: this.title },
      );
    }
    const linked = await this.client.users.edit(
      user,
      person.subject,
      {},
      options,
    );
    return { outcome: 'adopted', account: this.account(linked) };
  }

  private account(user: GiteaUser): ObservedAccount {
    return {
      service: this.service,
      state: user.prohibit_login ? 'suspended' : 'active',
      externalId: String(user.id),
      username: user.login,
      email: user.email,
      url: `${this.client.baseUrl}/${encodeURIComponent(user.login)}`,
      ...(user.prohibit_login
        ? { message: 'The account may not log in to Gitea' }
        : {}),
    };
  }
}
