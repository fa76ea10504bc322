import {
  Account,
  Person,
  PersonLifecycle,
  ServiceId,
  ServiceInfo,
} from './types';

/**
 * What a run does: `onboard` makes accounts or brings them up to date,
 * `suspend` blocks them, `restore` undoes that, `remove` deletes them,
 * `rollback` deletes those that another run has made.
 *
 * @public
 */
export type RunKind = 'onboard' | 'suspend' | 'restore' | 'remove' | 'rollback';

/**
 * Where a run came from.
 *
 * @public
 */
export type RunSource = 'webhook' | 'self' | 'admin' | 'action' | 'retention';

/**
 * State of a run. It is `running` from the moment it is stored until its last
 * step is done, or until somebody cancels it.
 *
 * @public
 */
export type RunState = 'running' | 'succeeded' | 'failed' | 'cancelled';

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
  | 'failed'
  | 'cancelled';

/**
 * What a step did to the account: `adopted` took over one that was there.
 *
 * @public
 */
export type StepOutcome =
  | 'created'
  | 'adopted'
  | 'updated'
  | 'unchanged'
  | 'suspended'
  | 'restored'
  | 'removed';

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
  /** Id of the run that this one takes back. */
  rollsBack?: string;
  /** Id of the run that takes this one back. */
  rolledBackBy?: string;
  /** In the order of {@link Step.service}; those of a rollback in the order in which they are done. */
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
  /** Whether the person is looked after; absent together with `person`. */
  lifecycle?: PersonLifecycle;
  /** The services that are set up in this portal. */
  services: ServiceInfo[];
  /** At most one for each service. */
  accounts: Account[];
  /** The person's latest run. */
  run?: Run;
}

/**
 * A person in the list of all of them.
 *
 * @public
 */
export interface PersonEntry {
  person: Person;
  lifecycle: PersonLifecycle;
  /** At most one for each service. */
  accounts: Account[];
}

/**
 * What a webhook sent.
 *
 * @public
 */
export interface WebhookDelivery {
  id: string;
  /** Who sent it, such as `keycloak`. */
  source: string;
  /** What the sender calls the event. */
  type: string;
  /** `stored` waits to be worked on, or is being tried again. */
  state: 'stored' | 'processed' | 'ignored' | 'failed';
  /** Why it was ignored, failed or is tried again; for people. */
  message?: string;
  attempts: number;
  /** The run that it led to. */
  runId?: string;
  /** Ref of the person whom that run is about. */
  userRef?: string;
  /** ISO 8601. */
  receivedAt: string;
  /** ISO 8601. */
  finishedAt?: string;
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
