import {
  AccountPage,
  ConnectorCallOptions,
  ConnectorListing,
  ListedAccount,
} from '@formulary/plugin-provisioning-node';
import { TwentyClient, TwentyPerson } from '@formulary/plugin-twenty-node';

/**
 * The people in Twenty. Most of them are customers, so that it says nothing
 * when the portal does not know one; and a record is no log-in to be blocked.
 */
export class TwentyListing implements ConnectorListing {
  readonly holdsStrangers = true;

  constructor(private readonly client: TwentyClient) {}

  async page({
    after,
    ...options
  }: ConnectorCallOptions & { after?: string } = {}): Promise<AccountPage> {
    const { people, next } = await this.client.people.list(after, options);
    return { accounts: people.map(person => this.listed(person)), next };
  }

  async get(
    { externalId }: Pick<ListedAccount, 'externalId'>,
    options?: ConnectorCallOptions,
  ): Promise<ListedAccount | undefined> {
    const person = await this.client.people.byId(externalId, options);
    return person && this.listed(person);
  }

  private listed({ id, name, emails }: TwentyPerson): ListedAccount {
    return {
      externalId: id,
      username:
        emails.primaryEmail || `${name.firstName} ${name.lastName}`.trim(),
      email: emails.primaryEmail,
      url: this.client.recordUrl('person', id),
      state: 'active',
    };
  }
}
