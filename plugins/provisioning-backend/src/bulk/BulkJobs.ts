import { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError, isError } from '@backstage/errors';
import { BulkJob } from '@formulary/plugin-provisioning-common';
import { z } from 'zod';
import { NewBulkJob, WaitingLine } from '../database/BulkStore';
import { JobStore } from '../database/JobStore';
import { ProvisioningDatabase } from '../database/ProvisioningDatabase';
import { BulkPlan, BulkWish } from './BulkPlan';
import { BulkRuns } from './BulkRuns';
import { BulkFileLine } from './readBulkFile';

/** Name of the task that begins the runs of a job. */
export const BULK_TASK = 'bulk';

const payloadSchema = z.object({ jobId: z.uuid() });

/** Lines begun by one job. */
const SLICE = 25;

/** Most runs of a job under way at once, so that whoever signs up meanwhile does not wait for all of it. */
const MAX_UNDER_WAY = 100;

/** Wait for runs to end before more begin, in milliseconds. */
const FULL_DELAY_MS = 500;

/** Tries of a line that could not be begun, for reasons that may pass. */
const ATTEMPTS = 10;
const MAX_DELAY_MS = 60_000;

/** Errors that another try does not mend. */
const FINAL_ERRORS = ['NotFoundError', 'ConflictError', 'InputError'];

/** What is to be done for lines, and who asks. */
export interface BulkStart extends NewBulkJob, BulkWish {
  /** For how many people it was seen that it would be done. */
  confirm?: number;
}

async function addBulkJob(jobs: JobStore, jobId: string, delayMs?: number) {
  await jobs.add({
    task: BULK_TASK,
    payload: { jobId },
    key: `bulk:${jobId}`,
    delayMs,
  });
}

/** Has something done for many people at once: a run for each, begun bit by bit. */
export class BulkJobs {
  constructor(
    private readonly options: {
      database: ProvisioningDatabase;
      runs: BulkRuns;
      plan: BulkPlan;
      logger: LoggerService;
    },
  ) {}

  /** What lines would lead to; changes nothing. */
  get plan(): BulkPlan {
    return this.options.plan;
  }

  /**
   * Stores lines, and begins to work on them.
   *
   * @param wanted.confirm - for how many people it was seen that it would be done
   * @throws ConflictError when it is another number by now
   */
  async start(given: BulkFileLine[], wanted: BulkStart): Promise<BulkJob> {
    const { confirm, callerRef, ...job } = wanted;
    const { operation, requestedBy, group, reason } = job;
    const { database, plan } = this.options;
    const { lines, counts } = await plan.of(given, { operation, callerRef });
    const affected = counts[operation] ?? 0;
    if (confirm !== undefined && confirm !== affected) {
      throw new ConflictError(
        `You confirmed to ${operation} ${confirm}, but by now it would be ${affected}. Nothing was begun: look at the preview again`,
      );
    }
    const id = await database.transaction(async stores => {
      const jobId = await stores.bulk.create(job, lines);
      await stores.events.add({
        type: 'bulk.created',
        actor: requestedBy,
        message: `${requestedBy} asked to ${operation} the people of ${
          lines.length
        } lines${reason ? `: ${reason}` : ''}`,
        after: { bulkId: jobId, operation, group, reason, ...counts },
      });
      await addBulkJob(stores.jobs, jobId);
      return jobId;
    });
    const stored = await database.bulk.find(id);
    if (!stored) throw new Error(`The bulk job ${id} is not stored`);
    return stored;
  }

  /** Begins some of the runs of a job, and has the rest begun later. */
  async handle(payload: unknown, signal: AbortSignal): Promise<void> {
    const { jobId } = payloadSchema.parse(payload);
    const { database } = this.options;
    const job = await database.bulk.find(jobId);
    if (!job || job.counts.waiting === 0) return;
    const room = MAX_UNDER_WAY - job.counts.running;
    if (room <= 0) {
      await addBulkJob(database.jobs, jobId, FULL_DELAY_MS);
      return;
    }
    const lines = await database.bulk.listWaiting(jobId, Math.min(room, SLICE));
    let delayMs: number | undefined;
    for (const line of lines) {
      if (signal.aborted) break;
      delayMs = await this.begin(job, line);
      // What fails for one because somebody is away fails for the others, too.
      if (delayMs !== undefined) break;
    }
    await addBulkJob(database.jobs, jobId, delayMs);
  }

  /** Begins a line's run. Returns the wait before the next try when it is to be tried again. */
  private async begin(
    job: BulkJob,
    line: WaitingLine,
  ): Promise<number | undefined> {
    const { database, runs } = this.options;
    try {
      await runs.begin(job, line);
      return undefined;
    } catch (error) {
      const message = isError(error) ? error.message : String(error);
      const final = isError(error) && FINAL_ERRORS.includes(error.name);
      if (final || line.attempts + 1 >= ATTEMPTS) {
        await database.bulk.refuse(job.id, line.line, message);
        return undefined;
      }
      this.options.logger.warn(
        `Line ${line.line} of the bulk job ${job.id} could not be begun and is tried again: ${message}`,
      );
      await database.bulk.postpone(job.id, line.line, message);
      return Math.min(MAX_DELAY_MS, 1_000 * 2 ** line.attempts);
    }
  }
}
