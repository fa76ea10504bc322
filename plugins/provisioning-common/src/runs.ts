import { Account, Person, ServiceId, ServiceInfo } from './types';

/**
 * What a run does. More kinds will follow.
 *
 * @public
 */
export type RunKind = 'onboard';

/**
 * Where a run came from.
 *
 * @public
 */
export type RunSource = 'webhook' | 'self' | 'admin' | 'action';

/**
 * State of a run. It is `running` from the moment it is stored until its last
 * step is done.
 *
 * @public
 */
export type RunState = 'running' | 'succeeded' | 'failed';

/**
 * State of a step: `waiting` is between two attempts.
 *
 * @public
 */
export type StepState =
  | 'pending'
  | 'running'
  | 'waiting'
  | 'succeeded'
  | 'failed';

/**
 * What a step did to the account: `adopted` took over one that was there.
 *
 * @public
 */
export type StepOutcome = 'created' | 'adopted' | 'updated' | 'unchanged';

/**
 * One service's part of a run.
 *
 * @public
 */
export interface Step {
  id: string;
  service: ServiceId;
  state: StepState;
  outcome?: StepOutcome;
  /** Why the step failed or waits, for people. */
  message?: string;
  /** Attempts begun so far. */
  attempts: number;
  /** When a waiting step is tried again, ISO 8601. */
  nextAttemptAt?: string;
  /** ISO 8601. */
  startedAt?: string;
  /** ISO 8601. */
  finishedAt?: string;
}

/**
 * One piece of provisioning work for one person.
 *
 * @public
 */
export interface Run {
  id: string;
  kind: RunKind;
  state: RunState;
  source: RunSource;
  /** Who asked for it: a user's ref, or the name of a service. */
  requestedBy: string;
  /** The person's ref. */
  userRef: string;
  organisation: string;
  /** Why the run could not start, for people. */
  message?: string;
  steps: Step[];
  /** ISO 8601. */
  createdAt: string;
  /** ISO 8601. */
  finishedAt?: string;
}

/**
 * Something that happened. Events are only ever added.
 *
 * @public
 */
export interface ProvisioningEvent {
  /** Grows with time; a place to read on from. */
  id: string;
  /** ISO 8601. */
  at: string;
  /** What happened, such as `step.succeeded`. */
  type: string;
  /** Who caused it: a user's ref, or the name of a service. */
  actor: string;
  service?: ServiceId;
  /** For people. */
  message: string;
}

/**
 * What the portal knows about a person and their accounts.
 *
 * @public
 */
export interface PersonStatus {
  userRef: string;
  /** Absent when provisioning has not met the person yet. */
  person?: Person;
  /** The services that are set up in this portal. */
  services: ServiceInfo[];
  /** At most one for each service. */
  accounts: Account[];
  /** The person's latest run. */
  run?: Run;
}

/**
 * Answer to a request for a run.
 *
 * @public
 */
export interface RequestedRun {
  run: Run;
  /** Whether a run that was under way was joined instead of a new one begun. */
  joined: boolean;
}
