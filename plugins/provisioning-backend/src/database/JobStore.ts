import { Knex } from 'knex';

/** Schema of graphile-worker in the plugin's database. */
export const WORKER_SCHEMA = 'provisioning_worker';

/** Work to be done in the background. */
export interface Job {
  task: string;
  payload: Record<string, string>;
  /** At most one job with the same key waits at any time. */
  key: string;
  /** Milliseconds until it may start. */
  delayMs?: number;
}

/** Adds jobs in the transaction of the rows that they are about. */
export class JobStore {
  constructor(private readonly db: Knex) {}

  /**
   * Adds a job, or replaces the one that waits under the same key. When that
   * one is being worked on, it is left to finish and the new one comes after
   * it (graphile-worker's documentation, "Job key").
   */
  async add({ task, payload, key, delayMs = 0 }: Job): Promise<void> {
    // How often a job is tried is decided by its task; the queue's own limit
    // counts what killed the process, and must never lose a job.
    await this.db.raw(
      `select 1 from ${WORKER_SCHEMA}.add_job(
        identifier => ?, payload => ?::json, job_key => ?, max_attempts => 10000,
        run_at => now() + ? * interval '1 millisecond')`,
      [task, JSON.stringify(payload), key, delayMs],
    );
  }
}
