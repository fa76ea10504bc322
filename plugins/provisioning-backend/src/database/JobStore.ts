import { Knex } from 'knex';
import { prepared } from './prepared';

/** Schema of graphile-worker in the plugin's database. */
export const WORKER_SCHEMA = 'provisioning_worker';

/**
 * Tries of a job. How often it is tried is decided by its task; the queue's own
 * limit counts what killed the process, and must never lose a job.
 */
const MAX_ATTEMPTS = 10_000;

/** Work to be done in the background. */
export interface Job {
  task: string;
  payload: Record<string, string>;
  /** At most one job with the same key waits at any time. */
  key: string;
  /** Those with a lower number are fetched first; 0 when left out. */
  priority?: number;
  /** Milliseconds until it may start. */
  delayMs?: number;
}

/** Adds jobs in the transaction of the rows that they are about. */
export class JobStore {
  constructor(private readonly db: Knex) {}

  /**
   * Adds jobs, or replaces those that wait under the same keys. One that is
   * being worked on is left to finish and the new one comes after it (graphile-worker's documentation, "Job key").
   */
  async add(...jobs: Job[]): Promise<void> {
    if (jobs.length === 0) return;
    await this.db
      .raw('select provisioning_add_jobs(?)', [
        JSON.stringify(jobs.map(withLimit)),
      ])
      .options(prepared('add-jobs'));
  }
}

/** A job as the database's function takes it. */
export function withLimit(job: Job): Job & { maxAttempts: number } {
  return { ...job, maxAttempts: MAX_ATTEMPTS };
}
