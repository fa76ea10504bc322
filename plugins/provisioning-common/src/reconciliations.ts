import { PersonLifecycle, ServiceId } from './types';

/**
 * How an account differs from what it should be.
 *
 * - `missing`: an active person has none.
 * - `renamed`: it has another name than when it was last looked after.
 * - `changed`: it has another e-mail address than the person, or is not linked yet.
 * - `wrong-link`: the person's log-in would not land on it, or another account is in its place.
 * - `suspended`: it is blocked, though the person is active.
 * - `still-active`: it works, though the person is suspended or removed.
 * - `orphaned`: it works, and is nobody's whom the portal knows, or of somebody who is gone.
 * - `duplicate`: it works beside another one of the same person.
 *
 * @public
 */
export type DriftKind =
  | 'missing'
  | 'renamed'
  | 'changed'
  | 'wrong-link'
  | 'suspended'
  | 'still-active'
  | 'orphaned'
  | 'duplicate';

/**
 * What mends a drift: `prepare` brings the account up to date, `suspend` blocks
 * it again, `block` keeps an account out that provisioning neither made nor
 * took over, and is done only when it is chosen by itself. `administrator` is
 * for people: nothing proves that the account may be touched.
 *
 * @public
 */
export type DriftMend = 'prepare' | 'suspend' | 'block' | 'administrator';

/**
 * State of a drift: `open` was only found, `chosen` waits to be mended,
 * `applied` has a run that mends it, `skipped` did not hold any more, `failed`
 * could not be begun and may be chosen again.
 *
 * @public
 */
export type DriftState = 'open' | 'chosen' | 'applied' | 'skipped' | 'failed';

/**
 * An account in a service that provisioning neither made nor took over.
 *
 * @public
 */
export interface DriftAccount {
  externalId: string;
  username: string;
  url?: string;
}

/**
 * One account that is not what it should be.
 *
 * @public
 */
export interface Drift {
  id: string;
  kind: DriftKind;
  service: ServiceId;
  /** The person's ref; absent when a successor has taken over the name. */
  userRef?: string;
  /** The person's; the account's when it is nobody's. */
  username: string;
  displayName: string;
  /** Absent when the account is nobody's. */
  personState?: PersonLifecycle['state'];
  /** The account, where it is not the one that provisioning looks after. */
  account?: DriftAccount;
  /** What is, for people. */
  found: string;
  /** What should be, for people. */
  wanted: string;
  mend: DriftMend;
  state: DriftState;
  /** What came of mending it, for people. */
  message?: string;
  /** The run that mends it. */
  runId?: string;
}

/**
 * How many drifts of a plan are of a kind and in a state.
 *
 * @public
 */
export interface DriftCount {
  kind: DriftKind;
  state: DriftState;
  count: number;
}

/**
 * What a plan saw of a service so far.
 *
 * @public
 */
export interface ReconciledService {
  service: ServiceId;
  /** Accounts that were there. */
  found: number;
  /** Accounts that provisioning knew of, and that were not there. */
  gone: number;
  /** Persons for whom the service gave no answer that can be relied upon. */
  unreadable: number;
  /** Accounts of the service's own list that were compared; absent before, and where a service cannot list them. */
  listed?: number;
  /** Why something was not read, the last time, for people. */
  message?: string;
}

/**
 * A comparison of what is in the services with what should be. It changes
 * nothing in any service.
 *
 * @public
 */
export interface Reconciliation {
  id: string;
  state: 'running' | 'succeeded' | 'cancelled';
  /** Who asked: a user's ref, or `provisioning` for the schedule. */
  requestedBy: string;
  /** Persons there were at the start. */
  totalPersons: number;
  /** Persons looked at so far. */
  checkedPersons: number;
  /** Of those, persons left out since a run for them was under way. */
  busyPersons: number;
  services: ReconciledService[];
  drifts: DriftCount[];
  /** ISO 8601. */
  createdAt: string;
  /** ISO 8601. */
  finishedAt?: string;
}

/**
 * What came of the wish to mend drifts.
 *
 * @public
 */
export interface AppliedDrifts {
  /** Drifts that are being mended now. */
  accepted: number;
  /** Drifts that nothing mends but an administrator, or that have to be chosen by themselves. */
  needAdministrator: number;
  /** Drifts that were mended, skipped or chosen before. */
  doneBefore: number;
}
