import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { LoggerService } from '@backstage/backend-plugin-api';
import {
  Logger,
  run,
  Runner,
  runMigrations,
  WorkerEvents,
  WorkerPool,
} from 'graphile-worker';
import { Knex } from 'knex';
import { Pool } from 'pg';
import { WORKER_SCHEMA } from '../database/JobStore';
import { poolConfig } from '../database/poolConfig';
import { LivenessTimes, WorkerLiveness } from './WorkerLiveness';

/** One kind of job. Each kind has workers of its own, so that none waits for another's. */
export interface QueueTask {
  task: string;
  /** Jobs worked on at once by this process. */
  concurrency: number;
  /** Does a job. What it throws is logged and tried again. */
  handle(payload: unknown, signal: AbortSignal): Promise<void>;
}

/** Time that work under way has to finish when the process stops. */
const GRACE_MS = 3_000;

/** Works on jobs that are rows in PostgreSQL, together with other processes on the same database. */
export class JobQueue {
  private readonly stopping = new AbortController();
  private readonly interrupt = new AbortController();
  private readonly runners = new Set<Runner>();
  private readonly supervised: Promise<void>[] = [];

  private constructor(
    private readonly pool: Pool,
    private readonly liveness: WorkerLiveness,
    private readonly logger: LoggerService,
  ) {}

  /** Connects to the database of a knex client and brings the queue's tables up to date. */
  static async create(options: {
    knex: Knex;
    logger: LoggerService;
    /** Bound of the connections besides the knex client's: each kind of job listens on one. */
    maxConnections: number;
    times?: LivenessTimes;
  }): Promise<JobQueue> {
    const { knex, logger } = options;
    const pool = new Pool(
      await poolConfig(knex, {
        max: options.maxConnections,
        applicationName: 'backstage_plugin_provisioning_queue',
      }),
    );
    // Without handlers, a connection that breaks would end the process.
    const onBroken = (error: Error) =>
      logger.warn('A connection of the queue broke', error);
    pool.on('error', onBroken);
    pool.on('connect', client => client.on('error', onBroken));
    await runMigrations({
      pgPool: pool,
      schema: WORKER_SCHEMA,
      logger: queueLogger(logger),
    });
    return new JobQueue(
      pool,
      new WorkerLiveness(
        knex,
        logger,
        randomUUID(),
        options.times ?? { heartbeatMs: 5_000, deadAfterMs: 20_000 },
      ),
      logger,
    );
  }

  /** Starts the workers. */
  async start(tasks: QueueTask[]): Promise<void> {
    await this.liveness.start();
    for (const task of tasks) this.supervised.push(this.supervise(task));
  }

  /** Lets work under way finish for a moment, interrupts it, and closes the connections. */
  async stop(): Promise<void> {
    this.stopping.abort();
    const timer = setTimeout(() => this.interrupt.abort(), GRACE_MS);
    await Promise.all([...this.runners].map(runner => runner.stop()));
    await Promise.all(this.supervised);
    clearTimeout(timer);
    if (this.supervised.length > 0) await this.liveness.stop();
    await this.pool.end();
  }

  /** Keeps workers going: graphile-worker stops them for good when the database fails in the middle of a job. */
  private async supervise(task: QueueTask): Promise<void> {
    while (!this.stopping.signal.aborted) {
      try {
        await this.work(task);
      } catch (error) {
        if (this.stopping.signal.aborted) return;
        this.logger.error(
          `The workers of ${task.task} stopped and are started again`,
          error instanceof Error ? error : undefined,
        );
      }
      await delay(1_000, undefined, { signal: this.stopping.signal }).catch(
        error => {
          if (!this.stopping.signal.aborted) throw error;
        },
      );
    }
  }

  private async work({ task, concurrency, handle }: QueueTask): Promise<void> {
    const events: WorkerEvents = new EventEmitter();
    const created = once(events, 'pool:create') as Promise<
      [{ workerPool: WorkerPool }]
    >;
    const runner = await run({
      pgPool: this.pool,
      schema: WORKER_SCHEMA,
      concurrency,
      noHandleSignals: true,
      events,
      logger: queueLogger(this.logger),
      taskList: {
        [task]: payload => handle(payload, this.interrupt.signal),
      },
    });
    const [{ workerPool }] = await created;
    this.runners.add(runner);
    try {
      await this.liveness.join(workerPool.id);
      if (this.stopping.signal.aborted) await runner.stop();
      await runner.promise;
    } finally {
      this.runners.delete(runner);
      await this.liveness.leave(workerPool.id);
    }
  }
}

function queueLogger(logger: LoggerService): Logger {
  return new Logger(() => (level, message, meta) => {
    // What graphile-worker calls information is detail for an operator: every job is a line.
    const details = meta?.error instanceof Error ? meta.error : undefined;
    if (level === 'error') logger.error(message, details);
    else if (level === 'warning') logger.warn(message, details);
    else logger.debug(message);
  });
}
