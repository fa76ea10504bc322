import { CoderClient, CoderUser } from '@formulary/plugin-coder-node';
import {
  AccountPage,
  ConnectorCallOptions,
  ConnectorListing,
  ListedAccount,
} from '@formulary/plugin-provisioning-node';
import { stopWorkspaces } from './workspaces';

/** All accounts of Coder but those without a log-in, which are programs'. */
export class CoderListing implements ConnectorListing {
  constructor(private readonly client: CoderClient) {}

  async page({
    after,
    ...options
  }: ConnectorCallOptions & { after?: string } = {}): Promise<AccountPage> {
    const { users } = this.client;
    const [me, found] = await Promise.all([
      users.current(options),
      users.list(after, options),
    ]);
    return {
      accounts: found
        .filter(({ id, login_type }) => id !== me.id && login_type !== 'none')
        .map(user => this.listed(user)),
      ...(found.length > 0 ? { next: found[found.length - 1].id } : {}),
    };
  }

  async get(
    { externalId }: Pick<ListedAccount, 'externalId'>,
    options?: ConnectorCallOptions,
  ): Promise<ListedAccount | undefined> {
    const user = await this.client.users.find(externalId, options);
    return user && this.listed(user);
  }

  /** Suspends the account and stops its workspaces. */
  async block(
    { externalId, username }: ListedAccount,
    options: ConnectorCallOptions = {},
  ): Promise<void> {
    await this.client.users.suspend(externalId, options);
    await stopWorkspaces(this.client, username, options);
  }

  private listed(user: CoderUser): ListedAccount {
    return {
      externalId: user.id,
      username: user.username,
      email: user.email,
      url: this.client.accessUrl,
      state: user.status === 'suspended' ? 'suspended' : 'active',
      ...(user.roles.some(({ name }) => name === 'owner')
        ? { isAdministrator: true }
        : {}),
    };
  }
}
