/** People and groups that the catalog has and the identity provider has not. */
export interface Missing {
  /** Says of whom a decision is. */
  digest: string;
  users: number;
  groups: number;
  /** Some of the refs. */
  sample: string[];
}

/** A sync that would remove too much and waits for an administrator. */
export interface StoppedRemoval extends Missing {
  stoppedAt: string;
  /** Who let it through; the next sync removes them. */
  approvedBy?: string;
}

/** A decision to leave some in the catalog, as far as it still holds. */
export interface KeptMissing extends Missing {
  keptBy: string;
  keptAt: string;
}

/** What an administrator may decide, in the words of the API. */
export type SyncDecision = 'approve' | 'keep' | 'take-back';

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
  /** The oldest first. */
  kept: KeptMissing[];
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
  /**
   * Lets a stopped removal through once, leaves those who would go in the catalog,
   * or takes that back; and begins the sync.
   */
  decide(
    sync: OrganisationSync,
    decision: SyncDecision,
    digest: string,
  ): Promise<void>;
}
