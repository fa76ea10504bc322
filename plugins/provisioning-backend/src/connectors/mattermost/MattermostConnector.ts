import { LoggerService } from '@backstage/backend-plugin-api';
import {
  MattermostClient,
  MattermostUser,
} from '@formulary/plugin-mattermost-node';
import { Person } from '@formulary/plugin-provisioning-common';
import {
  ConnectorCallOptions,
  EnsureResult,
  LinkCheck,
  ObservedAccount,
  ServiceConnector,
  ServiceHealth,
} from '@formulary/plugin-provisioning-node';
import {
  isServiceError,
  sameEmail,
  ServiceError,
} from '@formulary/service-client-node';
import { conflictMessage } from './conflictMessage';
import { createAccount } from './createAccount';
import { MattermostEntitlements } from './MattermostEntitlements';
import { MattermostListing } from './MattermostListing';
import { checkHealth } from './health';
import { identityOf, parked } from './identity';
import { locate, Located, locateByScan } from './locate';

/** The answer to an identity that another account has (`createUserOrGuest`, server/channels/app/user.go). */
const IDENTITY_TAKEN = 'app.user.save.app_error';

/** Gives people their account in Mattermost. */
export class MattermostConnector implements ServiceConnector {
  readonly service = 'mattermost';
  readonly title = 'Mattermost';
  readonly entitlements: MattermostEntitlements;
  readonly listing: MattermostListing;

  constructor(
    private readonly client: MattermostClient,
    private readonly logger: LoggerService,
  ) {
    this.entitlements = new MattermostEntitlements(client);
    this.listing = new MattermostListing(client);
  }

  get url(): string {
    return this.client.baseUrl;
  }

  async find(
    person: Person,
    options?: ConnectorCallOptions,
  ): Promise<ObservedAccount | undefined> {
    const located = await this.own(person, options);
    return located && this.account(located.user);
  }

  async ensure(
    person: Person,
    options?: ConnectorCallOptions,
  ): Promise<EnsureResult> {
    const identity = identityOf(person, this.client.sso);
    const located = await locate(this.client, person, identity, options);
    if (located) return this.settle(located, person, options);
    let user: MattermostUser;
    try {
      user = await createAccount(this.client, person, identity, options);
    } catch (error) {
      const other = await this.afterFailedCreate(error, person, options);
      if (!other) throw error;
      // A create whose answer was lost did its work: nothing was there before.
      const isOurs =
        isServiceError(error, 'unavailable') &&
        error.code !== IDENTITY_TAKEN &&
        other.proof === (identity ? 'link' : 'email');
      if (!isOurs) return this.settle(other, person, options);
      user = other.user;
    }
    if (!identity) {
      await this.client.users.sendPasswordReset(user.email, options);
    }
    return { outcome: 'created', account: this.account(user) };
  }

  async verifyLink(
    person: Person,
    options?: ConnectorCallOptions,
  ): Promise<LinkCheck> {
    const { mode } = this.client.sso;
    if (mode === 'email') {
      return {
        linked: false,
        withoutSso: true,
        reason:
          'Mattermost is configured without single sign-on (mattermost.sso.mode is "email"): the account is not linked and has a password of its own, which the person sets with the mail from Mattermost or with "Forgot your password?"',
      };
    }
    const located = await locate(
      this.client,
      person,
      identityOf(person, this.client.sso),
      options,
    );
    if (!located) {
      return { linked: false, reason: 'There is no account in Mattermost yet' };
    }
    const { user, proof } = located;
    if (proof === 'parked') {
      return {
        linked: false,
        reason: `The account ${user.username} is suspended: its link is put aside`,
      };
    }
    if (proof !== 'link') {
      return {
        linked: false,
        reason: `The account ${user.username} has the person's e-mail, but is not linked to their identity. A log-in would be refused`,
      };
    }
    const { authorized, message } = await this.health(options);
    return authorized
      ? {
          linked: true,
          reason: `The account ${user.username} has the identity that the log-in will bring`,
        }
      : { linked: false, reason: message ?? 'Mattermost can not be used' };
  }

  /**
   * Puts the link aside, then deactivates. Deactivation alone does not keep
   * anybody out: a log-in through the identity provider activates the account
   * again (`UpdateOAuthUserAttrs`, server/channels/app/user.go).
   */
  async suspend(person: Person, options?: ConnectorCallOptions): Promise<void> {
    const located = await this.own(person, options);
    if (!located) return;
    const { user, proof } = located;
    const identity = identityOf(person, this.client.sso);
    if (identity && proof === 'link') {
      await this.client.users.setAuth(user, parked(identity), options);
    }
    // Also when it is deactivated already: that ends sessions which are left.
    await this.client.users.deactivate(user, options);
  }

  async restore(person: Person, options?: ConnectorCallOptions): Promise<void> {
    const located = await this.own(person, options);
    if (!located) {
      throw new ServiceError(
        `Mattermost could not restore the account of ${person.username}: there is none. Onboard the person again`,
        { kind: 'not-found', service: this.title },
      );
    }
    const { user, proof } = located;
    const identity = identityOf(person, this.client.sso);
    if (identity && proof === 'parked') {
      await this.client.users.setAuth(user, identity, options);
    }
    if (user.delete_at > 0) await this.client.users.activate(user, options);
  }

  /** Deletes where the server allows it; otherwise the account stays suspended. */
  async remove(person: Person, options?: ConnectorCallOptions): Promise<void> {
    const located = await this.own(person, options);
    if (!located) return;
    await this.suspend(person, options);
    try {
      await this.client.users.deletePermanently(located.user, options);
    } catch (error) {
      if (
        !isServiceError(error, 'forbidden') ||
        !error.code?.startsWith('api.user.delete_user.not_enabled')
      ) {
        throw error;
      }
      this.logger.info(
        `Mattermost keeps the account ${located.user.username} deactivated: the server does not allow deletion. Set ServiceSettings.EnableAPIUserDeletion there to have removed people deleted`,
      );
    }
  }

  /** Who is in no team has seen nothing of Mattermost but its log-in. */
  async inUse(
    person: Person,
    options?: ConnectorCallOptions,
  ): Promise<string | undefined> {
    const located = await this.own(person, options);
    if (!located) return undefined;
    const teams = await this.client.teams.ofUser(located.user, options);
    return teams.length > 0
      ? `Mattermost's account ${located.user.username} is a member of ${teams
          .map(team => team.display_name)
          .join(', ')}`
      : undefined;
  }

  async health(options?: ConnectorCallOptions): Promise<ServiceHealth> {
    return checkHealth(this.client, options);
  }

  /** The person's account, if what there is is provably theirs. */
  private async own(person: Person, options?: ConnectorCallOptions) {
    const located = await locate(
      this.client,
      person,
      identityOf(person, this.client.sso),
      options,
    );
    return located?.proof === 'foreign' ? undefined : located;
  }

  /** Takes an account that is there: leaves it, updates it, links it, or refuses. */
  private async settle(
    { user, proof }: Located,
    person: Person,
    options?: ConnectorCallOptions,
  ): Promise<EnsureResult> {
    const isKnown = proof === 'link' || proof === 'known';
    if (isKnown && user.delete_at === 0) {
      return this.refresh(user, person, options);
    }
    if (isKnown || proof === 'parked') {
      return { outcome: 'unchanged', account: this.account(user) };
    }
    const identity = identityOf(person, this.client.sso);
    if (proof === 'email' && !identity) {
      return { outcome: 'unchanged', account: this.account(user) };
    }
    if (proof === 'foreign' || !identity || user.delete_at > 0) {
      throw new ServiceError(conflictMessage(user, person), {
        kind: 'conflict',
        service: this.title,
      });
    }
    await this.client.users.setAuth(user, identity, options);
    // Whoever made the local account may have been somebody else: out with them.
    await this.client.users.revokeSessions(user, options);
    return { outcome: 'adopted', account: this.account(user) };
  }

  private async refresh(
    user: MattermostUser,
    person: Person,
    options?: ConnectorCallOptions,
  ): Promise<EnsureResult> {
    const email = person.email.toLowerCase();
    if (!person.emailVerified || sameEmail(user.email, email)) {
      return { outcome: 'unchanged', account: this.account(user) };
    }
    const changed = await this.client.users.setEmail(user, email, options);
    return { outcome: 'updated', account: this.account(changed) };
  }

  /** After a create failed: the account that another call made, or that has the identity under another name. */
  private async afterFailedCreate(
    error: unknown,
    person: Person,
    options?: ConnectorCallOptions,
  ): Promise<Located | undefined> {
    if (!isServiceError(error, 'conflict', 'unavailable')) return undefined;
    const identity = identityOf(person, this.client.sso);
    const located = await locate(this.client, person, identity, options);
    if (located || !identity || error.code !== IDENTITY_TAKEN) return located;
    return locateByScan(this.client, identity, options);
  }

  private account(user: MattermostUser): ObservedAccount {
    return {
      service: this.service,
      state: user.delete_at > 0 ? 'suspended' : 'active',
      externalId: user.id,
      username: user.username,
      email: user.email,
      url: this.client.baseUrl,
      ...(user.delete_at > 0
        ? { message: 'The account is deactivated in Mattermost' }
        : {}),
    };
  }
}
