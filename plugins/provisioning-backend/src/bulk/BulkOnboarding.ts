import { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError, isError } from '@backstage/errors';
import { BulkJob } from '@formulary/plugin-provisioning-common';
import { z } from 'zod';
import { WaitingLine } from '../database/BulkStore';
import { JobStore } from '../database/JobStore';
import { ProvisioningDatabase } from '../database/ProvisioningDatabase';
import { Provisioning } from '../engine/Provisioning';
import { PersonResolver } from '../identity/PersonResolver';
import { BulkPlan } from './BulkPlan';
import { BulkFileLine } from './readBulkFile';

/** Name of the task that begins the runs of a file. */
export const BULK_TASK = 'bulk';

const payloadSchema = z.object({ jobId: z.uuid() });

/** Lines begun by one job. */
const SLICE = 25;

/** Most runs of a file under way at once, so that whoever signs up meanwhile does not wait for all of it. */
const MAX_UNDER_WAY = 100;

/** Wait for runs to end before more begin, in milliseconds. */
const FULL_DELAY_MS = 500;

/** Tries of a line that could not be begun, for reasons that may pass. */
const ATTEMPTS = 10;
const MAX_DELAY_MS = 60_000;

/** Errors that another try does not mend. */
const FINAL_ERRORS = ['NotFoundError', 'ConflictError', 'InputError'];

async function addBulkJob(jobs: JobStore, jobId: string, delayMs?: number) {
  await jobs.add({
    task: BULK_TASK,
    payload: { jobId },
    key: `bulk:${jobId}`,
    delayMs,
  });
}

/** Has the accounts of everybody in a file prepared: a run for each, begun bit by bit. */
export class BulkOnboarding {
  constructor(
    private readonly options: {
      database: ProvisioningDatabase;
      provisioning: Provisioning;
      persons: PersonResolver;
      plan: BulkPlan;
      logger: LoggerService;
    },
  ) {}

  /** What a file would lead to; changes nothing. */
  get plan(): BulkPlan {
    return this.options.plan;
  }

  /**
   * Stores the lines of a file or a group, and begins to work on them.
   *
   * @param by - who asks, and the ref of the group unless it is a file
   */
  async start(
    given: BulkFileLine[],
    by: { requestedBy: string; group?: string },
  ): Promise<BulkJob> {
    const { requestedBy } = by;
    const { database, plan } = this.options;
    const { lines, counts } = await plan.of(given);
    const id = await database.transaction(async stores => {
      const jobId = await stores.bulk.create(by, lines);
      await stores.events.add({
        type: 'bulk.created',
        actor: requestedBy,
        message: `${requestedBy} asked for the accounts of ${lines.length} lines of people`,
        after: { bulkId: jobId, group: by.group, ...counts },
      });
      await addBulkJob(stores.jobs, jobId);
      return jobId;
    });
    const job = await database.bulk.find(id);
    if (!job) throw new Error(`The bulk onboarding ${id} is not stored`);
    return job;
  }

  /** Begins some of the runs of a file, and has the rest begun later. */
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
    const { database, persons, provisioning } = this.options;
    try {
      await provisioning.onboard(await persons.byUserRef(line.userRef), {
        source: 'admin',
        requestedBy: job.requestedBy,
        services: line.services,
        // In the run's own transaction, so that a line never begins two.
        alongside: async (stores, runId) => {
          if (!(await stores.bulk.begin(job.id, line.line, runId))) {
            throw new ConflictError('The line has begun already');
          }
        },
      });
      return undefined;
    } catch (error) {
      const message = isError(error) ? error.message : String(error);
      const final = isError(error) && FINAL_ERRORS.includes(error.name);
      if (final || line.attempts + 1 >= ATTEMPTS) {
        await database.bulk.refuse(job.id, line.line, message);
        return undefined;
      }
      this.options.logger.warn(
        `Line ${line.line} of the bulk onboarding ${job.id} could not be begun and is tried again: ${message}`,
      );
      await database.bulk.postpone(job.id, line.line, message);
      return Math.min(MAX_DELAY_MS, 1_000 * 2 ** line.attempts);
    }
  }
}
