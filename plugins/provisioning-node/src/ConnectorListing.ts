import { ConnectorCallOptions } from './ServiceConnector';

/**
 * One account as a service's own list has it, whoever made it.
 *
 * @public
 */
export interface ListedAccount {
  /** As `externalId` of an observed account. */
  externalId: string;
  username: string;
  email?: string;
  url?: string;
  /** Whether somebody can log in with it. */
  state: 'active' | 'suspended';
  /** Subject at the identity provider whose log-in lands on it; absent when there is none, or the service does not tell. */
  subject?: string;
  /** Set for those who administer the service: no finding leads to blocking them. */
  isAdministrator?: boolean;
}

/**
 * Some accounts of a service.
 *
 * @public
 */
export interface AccountPage {
  accounts: ListedAccount[];
  /** Where the next page begins; absent after the last. */
  next?: string;
}

/**
 * The list of all accounts in a service, by which a reconciliation finds those
 * that are nobody's and those that somebody has twice. Accounts of bots and the
 * portal's own are left out.
 *
 * @public
 */
export interface ConnectorListing {
  /** Set when it is normal that the service knows people whom the portal does not: then such an account is no finding. */
  readonly holdsStrangers?: boolean;
  /**
   * A page of accounts; no more than 200. Pages are asked for one at a time,
   * perhaps by several processes, so a cursor must stand by itself.
   */
  page(
    options?: ConnectorCallOptions & { after?: string },
  ): Promise<AccountPage>;
  /** An account as it is now, if it is there under its name and id. */
  get(
    account: Pick<ListedAccount, 'externalId' | 'username'>,
    options?: ConnectorCallOptions,
  ): Promise<ListedAccount | undefined>;
  /**
   * Blocks the log-in of an account that no person has, because an
   * administrator chose so. Deletes nothing. Left out where log-ins are decided
   * elsewhere.
   */
  block?(account: ListedAccount, options?: ConnectorCallOptions): Promise<void>;
}
