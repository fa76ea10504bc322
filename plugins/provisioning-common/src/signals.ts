/**
 * Channel of Backstage's signals on which changes of runs are told.
 *
 * @public
 */
export const RUNS_CHANNEL = 'provisioning:runs';

/**
 * A run has changed: it is to be read anew.
 *
 * @public
 */
export type RunSignal = {
  runId: string;
  /** Whose run it is, such as `user:default/bob`. */
  userRef: string;
};
