import { ServiceId } from './types';

/**
 * Most lines of a file of {@link BulkPreview}, the header not counted.
 *
 * @public
 */
export const BULK_MAX_LINES = 10_000;

/**
 * Largest file of {@link BulkPreview}, in bytes.
 *
 * @public
 */
export const BULK_MAX_BYTES = 2 * 1024 * 1024;

/**
 * Most people of a {@link BulkSource} that names them one by one.
 *
 * @public
 */
export const BULK_MAX_PERSONS = 200;

/**
 * What is done for many people at once: `onboard` prepares accounts that are
 * not there, `update` brings those of people who have them up to date,
 * `suspend` blocks them, `restore` undoes that, `remove` deletes those of
 * suspended people.
 *
 * @public
 */
export type BulkOperation =
  | 'onboard'
  | 'update'
  | 'suspend'
  | 'restore'
  | 'remove';

/**
 * What would be done for a line: the operation, or nothing, as it is done
 * already, the person is suspended, or it is not possible.
 *
 * @public
 */
export type BulkVerdict = BulkOperation | 'unchanged' | 'suspended' | 'refused';

/**
 * A line of a file and what would be done for it.
 *
 * @public
 */
export interface BulkPreviewLine {
  /** Number of the line in the file, whose header is 1; of other sources from 1. */
  line: number;
  /** Whom the line names, in its own words. */
  given: string;
  /** Absent when nobody was found. */
  userRef?: string;
  /** All that are set up when absent. */
  services?: ServiceId[];
  /** Services where the person has an account; absent for `onboard`, and for whom provisioning has not met. */
  accounts?: ServiceId[];
  verdict: BulkVerdict;
  /** Why nothing is done, for people; absent when something is. */
  message?: string;
}

/**
 * What a file would lead to. Nothing was changed.
 *
 * @public
 */
export interface BulkPreview {
  lines: BulkPreviewLine[];
  /** Lines by verdict; of operations only the one that was asked for. */
  counts: Record<Exclude<BulkVerdict, BulkOperation>, number> &
    Partial<Record<BulkOperation, number>>;
}

/**
 * State of a line: `waiting` until its run begins, then the run's state;
 * `unchanged`, `suspended` and `refused` lines have no run.
 *
 * @public
 */
export type BulkLineState =
  | 'waiting'
  | 'running'
  | 'succeeded'
  | 'failed'
  | 'cancelled'
  | 'unchanged'
  | 'suspended'
  | 'refused';

/**
 * A line of a bulk job.
 *
 * @public
 */
export interface BulkLine {
  /** Number of the line in the file, whose header is 1; of other sources from 1. */
  line: number;
  given: string;
  userRef?: string;
  services?: ServiceId[];
  state: BulkLineState;
  /** Why it was refused or is tried again, for people. */
  message?: string;
  runId?: string;
}

/**
 * What was asked for many people at once, and how far it is.
 *
 * @public
 */
export interface BulkJob {
  id: string;
  /** `finished` when every line has an answer that stays. */
  state: 'running' | 'finished';
  operation: BulkOperation;
  /** Why, for the record and the people; only of `suspend` and `remove`. */
  reason?: string;
  requestedBy: string;
  source: 'file' | 'group' | 'persons';
  /** Ref of the group that it is for; absent for other sources. */
  group?: string;
  /** ISO 8601. */
  createdAt: string;
  /** Of a file, the header not counted. */
  totalLines: number;
  /** Lines by state. */
  counts: Record<BulkLineState, number>;
}

/**
 * For whom something is done: the people of a CSV file, the members of a group
 * of the catalog and of the groups right below it, or people by ref or username.
 *
 * @public
 */
export type BulkSource =
  | string
  | Blob
  | { group: string }
  | { persons: string[] };

/**
 * What is to be done for a {@link BulkSource}.
 *
 * @public
 */
export interface BulkRequest {
  /** `onboard` when left out. */
  operation?: BulkOperation;
  /** Why, for the record and the people; required to begin `suspend` and `remove`. */
  reason?: string;
  /**
   * For how many people the preview said that it would be done; nothing begins
   * when it is another number by now. Required to begin `remove`.
   */
  confirm?: number;
}
