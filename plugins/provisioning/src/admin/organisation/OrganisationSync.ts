/** A sync that would remove too much and waits for an administrator. */
export interface StoppedRemoval {
  /** Says which removal an approval is for. */
  digest: string;
  users: number;
  groups: number;
  /** Some of the refs that would go. */
  sample: string[];
  stoppedAt: string;
  /** Who let it through; the next sync removes them. */
  approvedBy?: string;
}

/** The sync of one realm or tenant of an identity provider. */
export interface OrganisationSync {
  /** Module of the catalog that does it, such as `keycloak-org`. */
  module: string;
  /** Name of its configuration. */
  provider: string;
  isRunning: boolean;
  /** When it ran last; absent before the first time. */
  endedAt?: string;
  /** Why the last run failed. */
  error?: string;
  stopped?: StoppedRemoval;
}

/** What is known of the organisation in the catalog, and of the syncs that bring it. */
export interface OrganisationState {
  people: number;
  groups: number;
  syncs: OrganisationSync[];
}

/** The catalog's syncs of organisation data. */
export interface OrganisationSyncApi {
  /** @throws ResponseError with a message for people when the backend refuses */
  getState(options?: { signal?: AbortSignal }): Promise<OrganisationState>;
  /** Lets a stopped removal through once, and begins the sync. */
  approve(sync: OrganisationSync, digest: string): Promise<void>;
}
