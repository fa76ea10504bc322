import { setTimeout as delay } from 'node:timers/promises';
import { CoderJob, CoderJobLog } from './types';

/** A job to follow, and how to look at it. */
export interface FollowedJob {
  job(): Promise<CoderJob>;
  /** The lines after a line's id. */
  logs(after: number): Promise<CoderJobLog[]>;
  /** Milliseconds between two looks. */
  intervalMs: number;
  /** Ends the iteration with the signal's reason. */
  signal?: AbortSignal;
}

/**
 * The lines of a job's log as they are written, until the job ends, whatever its end is.
 *
 * @throws the signal's reason when it fires, ServiceError when Coder can't be asked
 */
export async function* followJob({
  job,
  logs,
  intervalMs,
  signal,
}: FollowedJob): AsyncGenerator<CoderJobLog, void> {
  let after = 0;
  for (;;) {
    // The state first: lines that are written before the end are then all read.
    const current = await job();
    for (const line of await logs(after)) {
      after = Math.max(after, line.id);
      yield line;
    }
    if (isEnded(current)) return;
    await delay(intervalMs, undefined, { signal });
  }
}

/** Whether a job has ended, well or not. */
export function isEnded({ status }: CoderJob): boolean {
  return !['pending', 'running', 'canceling'].includes(status);
}
