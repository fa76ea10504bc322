import {
  RunKind,
  RunSource,
  RunState,
  ServiceId,
  StepOutcome,
  WebhookDelivery,
} from '@formulary/plugin-provisioning-common';

interface OfRun {
  runId: string;
  personId: string;
  kind: RunKind;
}

/** What an attempt of a step came to: `waiting` is tried again, `interrupted` was cut off by a stop of this process. */
export type AttemptResult = 'succeeded' | 'failed' | 'waiting' | 'interrupted';

/** The end of an attempt of a step. */
export interface AttemptEnded extends OfRun {
  type: 'attempt.ended';
  service: ServiceId;
  result: AttemptResult;
  /** What was done, of one that succeeded. */
  outcome?: StepOutcome;
  /** Kind of the failure: a `ServiceErrorKind`, or `unexpected`. */
  errorKind?: string;
  durationMs: number;
}

/** Something that is stored for good, as listeners are told about it. */
export type RunChange =
  | (OfRun & { type: 'run.created'; source: RunSource })
  | (OfRun & { type: 'run.reopened' })
  | (OfRun & { type: 'run.ended'; state: Exclude<RunState, 'running'> })
  | (OfRun & { type: 'attempt.began'; service: ServiceId })
  | AttemptEnded
  | {
      type: 'delivery.received' | 'delivery.ended';
      /** Who sent it, such as `keycloak`. */
      source: string;
      state: WebhookDelivery['state'];
    };

/** Takes note of a change. Within a transaction, notes are kept until it has committed. */
export type NoteChange = (change: RunChange) => void;
