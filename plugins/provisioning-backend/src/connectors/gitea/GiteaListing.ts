import { GiteaClient, GiteaUser } from '@formulary/plugin-gitea-node';
import {
  AccountPage,
  ConnectorCallOptions,
  ConnectorListing,
  ListedAccount,
} from '@formulary/plugin-provisioning-node';

/** All users of Gitea; organisations are not among them. */
export class GiteaListing implements ConnectorListing {
  constructor(private readonly client: GiteaClient) {}

  async page({
    after,
    ...options
  }: ConnectorCallOptions & { after?: string } = {}): Promise<AccountPage> {
    const page = Number(after ?? 1);
    const { users } = this.client;
    const [me, found] = await Promise.all([
      users.me(options),
      users.list(page, options),
    ]);
    return {
      accounts: found
        .filter(user => user.id !== me.id)
        .map(user => this.listed(user)),
      // A server may give fewer a page than it was asked for, so only an empty page is the end.
      ...(found.length > 0 ? { next: String(page + 1) } : {}),
    };
  }

  async get(
    { externalId, username }: Pick<ListedAccount, 'externalId' | 'username'>,
    options?: ConnectorCallOptions,
  ): Promise<ListedAccount | undefined> {
    const user = await this.client.users.byName(username, options);
    return user && String(user.id) === externalId
      ? this.listed(user)
      : undefined;
  }

  async block(
    account: ListedAccount,
    options?: ConnectorCallOptions,
  ): Promise<void> {
    const user = await this.client.users.byName(account.username, options);
    if (!user || String(user.id) !== account.externalId) return;
    await this.client.users.prohibitLogin(user, options);
  }

  private listed(user: GiteaUser): ListedAccount {
    const { baseUrl, oauthSourceId } = this.client;
    // Older servers do not tell the source: there the name at the source has to do.
    const isOfSource = [undefined, oauthSourceId].includes(user.source_id);
    return {
      externalId: String(user.id),
      username: user.login,
      email: user.email,
      url: `${baseUrl}/${encodeURIComponent(user.login)}`,
      state: user.prohibit_login ? 'suspended' : 'active',
      ...(isOfSource && user.login_name ? { subject: user.login_name } : {}),
      ...(user.is_admin ? { isAdministrator: true } : {}),
    };
  }
}
