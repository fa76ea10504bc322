import { RunChange } from '../observing/RunChange';
import { Job } from './JobStore';

/** A job that comes of the end of a run. */
export interface DueJob {
  job: Job;
  /** Whether it is left out when accounts of the person were prepared before. */
  onlyFirst: boolean;
}

/** Tells what must come of the end of a run without fail: a job, which is there if the end is. */
export type Outbox = (
  end: RunChange & { type: 'run.ended' },
) => DueJob | undefined;
