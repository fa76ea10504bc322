import {
  MattermostClient,
  MattermostUser,
} from '@formulary/plugin-mattermost-node';
import {
  AccountPage,
  ConnectorCallOptions,
  ConnectorListing,
  ListedAccount,
} from '@formulary/plugin-provisioning-node';
import { isParked, isSystemAdmin, parked } from './identity';

/** All accounts of Mattermost but those of bots. */
export class MattermostListing implements ConnectorListing {
  constructor(private readonly client: MattermostClient) {}

  async page({
    after,
    ...options
  }: ConnectorCallOptions & { after?: string } = {}): Promise<AccountPage> {
    const page = Number(after ?? 0);
    const { users } = this.client;
    const [me, found] = await Promise.all([
      users.me(options),
      users.list(page, options),
    ]);
    return {
      accounts: found
        .filter(user => user.id !== me.id && user.is_bot !== true)
        .map(user => this.listed(user)),
      // A server may give fewer a page than it was asked for, so only an empty page is the end.
      ...(found.length > 0 ? { next: String(page + 1) } : {}),
    };
  }

  async get(
    { externalId }: Pick<ListedAccount, 'externalId'>,
    options?: ConnectorCallOptions,
  ): Promise<ListedAccount | undefined> {
    const user = await this.client.users.byId(externalId, options);
    return user && this.listed(user);
  }

  /** Puts the link aside and deactivates, as a suspension does: a log-in would activate the account again. */
  async block(
    { externalId }: ListedAccount,
    options?: ConnectorCallOptions,
  ): Promise<void> {
    const user = await this.client.users.byId(externalId, options);
    if (!user) return;
    const { auth_service, auth_data } = user;
    const isLinked = auth_service === 'openid' || auth_service === 'gitlab';
    if (isLinked && auth_data && !isParked(user)) {
      const aside = parked({ auth_service, auth_data });
      await this.client.users.setAuth(user, aside, options);
    }
    await this.client.users.deactivate(user, options);
  }

  private listed(user: MattermostUser): ListedAccount {
    return {
      externalId: user.id,
      username: user.username,
      email: user.email,
      url: this.client.baseUrl,
      state: user.delete_at > 0 ? 'suspended' : 'active',
      // GitLab's identity is a number and not the subject.
      ...(user.auth_service === 'openid' && user.auth_data && !isParked(user)
        ? { subject: user.auth_data }
        : {}),
      ...(isSystemAdmin(user) ? { isAdministrator: true } : {}),
    };
  }
}
