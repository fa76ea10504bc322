import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { LoggerService } from '@backstage/backend-plugin-api';
import {
  Logger,
  makeWorkerUtils,
  run,
  runMigrations,
  WorkerEvents,
  WorkerPool,
} from 'graphile-worker';
import { Knex } from 'knex';
import { Pool } from 'pg';
import { WORKER_SCHEMA } from '../database/JobStore';
import { poolConfig } from '../database/poolConfig';
import { Precedence } from './Precedence';
import { LivenessTimes, WorkerLiveness } from './WorkerLiveness';

/** One kind of job. Each kind has workers of its own, so that none waits for another's. */
export interface QueueTask {
  task: string;
  /** Jobs worked on at once by this process. */
  concurrency: number;
  /** Does a job. What it throws is logged and tried again. */
  handle(payload: unknown, signal: AbortSignal): Promise<void>;
}

/**
 * Looking for a job takes PostgreSQL less time than thinking about how. It is
 * to follow the index however few jobs there were when it thought about it.
 *
 * That a job was fetched or is done need not be on the disk at once, as whatever
 * comes of a job is written over other connections, and flushes what was
 * written before it: when PostgreSQL dies, a job is at most done again that
 * knows that it was done (PostgreSQL's documentation, "Asynchronous Commit").
 */
const SESSION = [
  'set plan_cache_mode = force_generic_plan',
  'set enable_seqscan = off',
  'set synchronous_commit = off',
].join(';');

/** Most milliseconds that a worker lets others go first before it looks for its next job; half of it at least, so that workers that began to wait together do not go on together. */
const COURTESY_MS = 1_500;

/** Time that work under way has to finish when the process stops. */
const GRACE_MS = 3_000;

/** Works on jobs that are rows in PostgreSQL, together with other processes on the same database. */
export class JobQueue {
  private readonly stopping = new AbortController();
  private readonly interrupt = new AbortController();
  private readonly supervised: Promise<void>[] = [];

  private constructor(
    private readonly pool: Pool,
    private readonly liveness: WorkerLiveness,
    private readonly logger: LoggerService,
    private readonly precedence: Precedence,
  ) {}

  /** Connects to the database of a knex client and brings the queue's tables up to date. */
  static async create(options: {
    knex: Knex;
    logger: LoggerService;
    /** Bound of the connections besides the knex client's: each kind of job listens on one. */
    maxConnections: number;
    /** What no job is begun beside, if it can wait. */
    precedence?: Precedence;
    times?: LivenessTimes;
  }): Promise<JobQueue> {
    const { knex, logger } = options;
    const pool = new Pool({
      ...(await poolConfig(knex, {
        max: options.maxConnections,
        applicationName: 'backstage_plugin_provisioning_queue',
      })),
      onConnect: async client => {
        await client.query(SESSION);
      },
    });
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
      options.precedence ?? new Precedence(),
    );
  }

  /** Starts the workers. */
  async start(tasks: QueueTask[]): Promise<void> {
    await this.liveness.start();
    await this.sweep();
    for (const task of tasks) this.supervised.push(this.supervise(task));
  }

  /** Lets work under way finish for a moment, interrupts it, and closes the connections. */
  async stop(): Promise<void> {
    this.stopping.abort();
    const timer = setTimeout(() => this.interrupt.abort(), GRACE_MS);
    await Promise.all(this.supervised);
    clearTimeout(timer);
    if (this.supervised.length > 0) await this.liveness.stop();
    // Workers that could not end keep their connections: nobody waits for those for ever.
    await Promise.race([
      this.pool.end(),
      delay(GRACE_MS, undefined, { ref: false }),
    ]);
  }

  /** Deletes jobs that were replaced by newer ones while a process died over them: graphile-worker keeps them as failed for good. */
  private async sweep(): Promise<void> {
    const utilities = await makeWorkerUtils({
      pgPool: this.pool,
      schema: WORKER_SCHEMA,
      logger: queueLogger(this.logger),
    });
    try {
      await utilities.cleanup({ tasks: ['DELETE_PERMAFAILED_JOBS'] });
    } finally {
      await utilities.release();
    }
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

  /** Works until the queue is stopped, or until the database fails. */
  private async work({ task, concurrency, handle }: QueueTask): Promise<void> {
    const events: WorkerEvents = new EventEmitter();
    const created = once(events, 'pool:create') as Promise<
      [{ workerPool: WorkerPool }]
    >;
    const ending = once(events, 'pool:gracefulShutdown');
    let failure: unknown;
    const fail = (error: unknown) => {
      failure ??= error;
    };
    events.on('pool:fatalError', ({ error }) => fail(error));
    const inHand = new Set<Promise<void>>();
    const runner = await run({
      pgPool: this.pool,
      schema: WORKER_SCHEMA,
      noHandleSignals: true,
      events,
      logger: queueLogger(this.logger),
      preset: {
        worker: {
          concurrentJobs: concurrency,
          // Without a delay, graphile-worker 0.18 does not look at whether it
          // could write that a job has ended: after a moment without a
          // database, jobs would stay locked. With one, it ends.
          completeJobBatchDelay: 0,
          failJobBatchDelay: 0,
        },
      },
      // Asked before a job is looked for.
      forbiddenFlags: async () => {
        await this.precedence.passed(COURTESY_MS * (0.5 + Math.random() / 2));
        return null;
      },
      taskList: {
        [task]: payload => {
          const work = handle(payload, this.interrupt.signal);
          const forget = () => inHand.delete(work);
          inHand.add(work);
          work.then(forget, forget);
          return work;
        },
      },
    });
    const ended = runner.promise.catch(fail);
    const stop = () => {
      runner.stop().catch(fail);
    };
    const [{ workerPool }] = await created;
    this.stopping.signal.addEventListener('abort', stop, { once: true });
    try {
      await this.liveness.join(workerPool.id);
      if (this.stopping.signal.aborted) stop();
      await ending;
      // Its jobs are freed below: nobody else may have them in hand by then.
      await allSettled(inHand);
      // It may never end, when it could not write the end of several jobs
      // (github.com/graphile/worker/issues/636).
      await Promise.race([ended, delay(GRACE_MS, undefined, { ref: false })]);
      await allSettled(inHand);
      if (failure) throw failure;
    } finally {
      this.stopping.signal.removeEventListener('abort', stop);
      await this.liveness.leave(workerPool.id);
    }
  }
}

async function allSettled(work: ReadonlySet<Promise<void>>): Promise<void> {
  while (work.size > 0) await Promise.allSettled(work);
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
