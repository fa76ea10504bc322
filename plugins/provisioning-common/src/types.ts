/**
 * Id of a service: `gitea`, `coder`, `mattermost`, `twenty`, or what a
 * connector of your own brings.
 *
 * @public
 */
export type ServiceId = string;

/**
 * Somebody known to the identity provider.
 *
 * @public
 */
export interface Person {
  /** The catalog's ref of the user, such as `user:default/alice`. */
  userRef: string;
  /** Issuer URL of the identity provider. */
  issuer: string;
  /** The identity provider's unchanging id of the person: the `sub` claim. */
  subject: string;
  username: string;
  email: string;
  /** Whether the identity provider vouches for the address. Nothing is linked by an address it does not vouch for. */
  emailVerified: boolean;
  displayName: string;
  firstName?: string;
  lastName?: string;
  /** Alias of the organisation that the person belongs to. */
  organisation: string;
  /** Paths such as `/acme/developers`, or names where only the catalog is known. */
  groups: string[];
  /** Names of the person's roles at the identity provider; absent when nobody asked for them. */
  roles?: string[];
  /** Further attributes that a connector may need, such as Mattermost's numeric id. */
  attributes?: Record<string, string>;
}

/**
 * Whether a person is looked after.
 *
 * @public
 */
export interface PersonLifecycle {
  /** A suspended person's accounts are blocked, a removed person's are gone. */
  state: 'active' | 'suspended' | 'removed';
  /** Why, for people; absent while active. */
  reason?: string;
  /** Since when, ISO 8601; absent when it was never another. */
  since?: string;
  /** When the accounts of somebody who left are removed, ISO 8601. */
  removeAfter?: string;
}

/**
 * State of a person's account in one service.
 *
 * @public
 */
export type AccountState =
  | 'pending'
  | 'active'
  | 'failed'
  | 'suspended'
  | 'removed';

/**
 * A person's account in one service.
 *
 * @public
 */
export interface Account {
  service: ServiceId;
  state: AccountState;
  /** The service's own id of the account. */
  externalId?: string;
  /** Name of the account in the service. It may differ from the person's username where the service's rules are narrower. */
  username?: string;
  /** Where a person sees or uses the account. */
  url?: string;
  /** Why the account is not active, for people. */
  message?: string;
  /** When this was last observed, ISO 8601. */
  observedAt: string;
}

/**
 * A service as the portal shows it.
 *
 * @public
 */
export interface ServiceInfo {
  service: ServiceId;
  /** Name of the service as people know it, such as "Gitea". */
  title: string;
  /** Where a person opens the service. */
  url: string;
}

/**
 * A service that counts as away, because it gave no answer several times in a
 * row. Its steps wait.
 *
 * @public
 */
export interface ServiceCircuitState {
  /** Since when there was no answer, ISO 8601. */
  failingSince: string;
  /** When the service is called again, ISO 8601; in the past while that call is under way. */
  nextTryAt: string;
  /** Why the last call came to nothing, for people. */
  lastError: string;
}

/**
 * A service and whether it can be worked with.
 *
 * @public
 */
export interface ServiceStatus extends ServiceInfo {
  reachable: boolean;
  /** Whether the configured token is accepted and sufficient. */
  authorized: boolean;
  version?: string;
  /** What is wrong and what to do, for people. */
  message?: string;
  /** When this was observed, ISO 8601. */
  observedAt: string;
  /** Set while steps of the service wait, as the answering process sees it. */
  circuit?: ServiceCircuitState;
}
