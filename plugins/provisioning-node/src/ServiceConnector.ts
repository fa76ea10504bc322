import {
  Account,
  Person,
  ServiceId,
} from '@formulary/plugin-provisioning-common';
import { ConnectorEntitlements } from './ConnectorEntitlements';
import { ConnectorListing } from './ConnectorListing';

/**
 * An account as a connector finds it: what is stored of it besides the time of observation.
 *
 * @public
 */
export interface ObservedAccount extends Omit<Account, 'observedAt'> {
  /** The account's e-mail address, where {@link ServiceConnector.ensure} keeps it the same as the person's. Not stored. */
  email?: string;
}

/**
 * Result of {@link ServiceConnector.ensure}.
 *
 * @public
 */
export interface EnsureResult {
  /** What was done: `adopted` took over an account that was there already, `updated` changed one of ours. */
  outcome: 'created' | 'adopted' | 'updated' | 'unchanged';
  account: ObservedAccount;
}

/**
 * Result of {@link ServiceConnector.verifyLink}.
 *
 * @public
 */
export interface LinkCheck {
  /** Whether the person's next OIDC login at the service lands on the account. */
  linked: boolean;
  /** Why, for people. */
  reason: string;
  /** Set when the service has no single sign-on, so that there is nothing to link and nothing amiss. */
  withoutSso?: boolean;
}

/**
 * Result of {@link ServiceConnector.health}.
 *
 * @public
 */
export interface ServiceHealth {
  reachable: boolean;
  version?: string;
  /** Whether the configured token is accepted and may do what the connector needs. */
  authorized: boolean;
  /** What is wrong and what to do, for people. */
  message?: string;
}

/**
 * How long a call may take and who can end it.
 *
 * @public
 */
export interface ConnectorCallOptions {
  signal?: AbortSignal;
  /**
   * `externalId` of the person's account as an earlier call answered it. With
   * it an account is found again whose e-mail and username changed since, where
   * the service tells of no link.
   */
  externalId?: string;
}

/**
 * How {@link ServiceConnector.remove} removes.
 *
 * @public
 */
export interface RemoveOptions extends ConnectorCallOptions {
  /**
   * Nothing that the person made may go with the account, such as workspaces:
   * the call is refused as a conflict when the service says that there is some,
   * and then nothing has changed.
   */
  onlyUnused?: boolean;
}

/**
 * What makes one service satisfy Formulary.
 *
 * Every method may be called again after it failed or was cut off in the
 * middle, and then ends in the same state. Failures are thrown as
 * `ServiceError` of `@formulary/service-client-node`, which tells the ones that
 * pass from the ones that need somebody.
 *
 * @public
 */
export interface ServiceConnector {
  readonly service: ServiceId;
  /** Name of the service as people know it, such as "Gitea". */
  readonly title: string;
  /** Where a person opens the service. */
  readonly url: string;
  /** Set to false when a suspension changes nothing in the service, since log-ins are decided elsewhere. */
  readonly blocksLogins?: boolean;
  /** What rules of `provisioning.defaults` can give in the service. Left out when that is the account alone. */
  readonly entitlements?: ConnectorEntitlements;
  /** All accounts of the service. Left out where it cannot list them. */
  readonly listing?: ConnectorListing;
  /** The person's account: by the identity provider's link first, then by verified e-mail, then by username. */
  find(
    person: Person,
    options?: ConnectorCallOptions,
  ): Promise<ObservedAccount | undefined>;
  /**
   * Makes sure that the person has exactly one account and that it is linked.
   *
   * An account that is there already is adopted only when it is provably this
   * person's; otherwise the call is refused as a conflict.
   */
  ensure(person: Person, options?: ConnectorCallOptions): Promise<EnsureResult>;
  /** Whether the next OIDC login would land on the account. */
  verifyLink(
    person: Person,
    options?: ConnectorCallOptions,
  ): Promise<LinkCheck>;
  /** Leaver: blocks the login and stops what costs money. Deletes nothing. */
  suspend(person: Person, options?: ConnectorCallOptions): Promise<void>;
  /** Undoes a suspend. */
  restore(person: Person, options?: ConnectorCallOptions): Promise<void>;
  /** Removes the account, after the retention time or to take back what a run has made. */
  remove(person: Person, options?: RemoveOptions): Promise<void>;
  /**
   * Whether the account was used since it was made, so that a rollback must not
   * remove it: why, for people, or undefined. A connector whose service cannot
   * tell, or which loses nothing by a removal, leaves it out.
   */
  inUse?(
    person: Person,
    options?: ConnectorCallOptions,
  ): Promise<string | undefined>;
  /** Whether the service can be worked with. Never throws. */
  health(options?: ConnectorCallOptions): Promise<ServiceHealth>;
}
