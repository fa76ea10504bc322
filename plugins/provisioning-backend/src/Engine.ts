import { LoggerService } from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { Knex } from 'knex';
import { BULK_TASK, BulkJobs } from './bulk/BulkJobs';
import { BulkPlan } from './bulk/BulkPlan';
import { BulkRuns } from './bulk/BulkRuns';
import { DefaultRules } from './defaults/DefaultRules';
import { EntitlementKeeper } from './defaults/EntitlementKeeper';
import { ProvisioningDatabase } from './database/ProvisioningDatabase';
import { ConnectorRegistry } from './engine/ConnectorRegistry';
import { Offboarding } from './engine/Offboarding';
import { Provisioning } from './engine/Provisioning';
import { Retention } from './engine/Retention';
import { RetryPolicy } from './engine/RetryPolicy';
import { Rollback } from './engine/Rollback';
import { RunSteps } from './engine/RunSteps';
import { ServiceCircuits } from './engine/ServiceCircuits';
import { StepRunner } from './engine/StepRunner';
import { stepPayloadSchema, stepTask } from './engine/stepJobs';
import { PersonLookup } from './identity/PersonLookup';
import { PersonResolver } from './identity/PersonResolver';
import { JobQueue, QueueTask } from './queue/JobQueue';
import { Precedence } from './queue/Precedence';
import { LivenessTimes } from './queue/WorkerLiveness';
import { DriftMender } from './reconcile/DriftMender';
import { Reconciler } from './reconcile/Reconciler';
import {
  APPLY_TASK,
  PLAN_TASK,
  reconcilePayloadSchema,
} from './reconcile/reconcileJobs';
import {
  readCircuitLimits,
  readConcurrency,
  readRemoveAfterMs,
  readRetryLimits,
} from './settings';
import { DELIVERY_TASK, DeliveryProcessor } from './webhooks/DeliveryProcessor';
import { PersonEvents } from './webhooks/PersonEvents';

const DELIVERY_CONCURRENCY = 5;

/** Connections of the queue besides one for each kind of job: to fetch and finish jobs. */
const SHARED_CONNECTIONS = 4;

/** Time for looking at one account while nothing is changed. */
export const LOOK_TIMEOUT_MS = 15_000;

/** What an engine is made of. */
export interface EngineOptions {
  config: Config;
  logger: LoggerService;
  knex: Knex;
  database: ProvisioningDatabase;
  connectors: ConnectorRegistry;
  persons: PersonResolver;
  /** What people get without asking. */
  defaults: DefaultRules;
  /** Work of the queue besides steps and deliveries. */
  tasks?: QueueTask[];
  /** What no work is begun beside, if it can wait. */
  precedence?: Precedence;
  /** When other processes count as dead. For tests. */
  liveness?: LivenessTimes;
}

/** Carries out what is stored, on its own workers. Several may work on one database. */
export class Engine {
  private constructor(
    readonly provisioning: Provisioning,
    readonly offboarding: Offboarding,
    readonly rollback: Rollback,
    readonly retention: Retention,
    readonly circuits: ServiceCircuits,
    readonly bulk: BulkJobs,
    readonly reconciler: Reconciler,
    readonly mender: DriftMender,
    private readonly queue: JobQueue,
    private readonly tasks: QueueTask[],
  ) {}

  /** Prepares the queue, so that work can be stored; nothing is carried out before {@link Engine.start}. */
  static async create(options: EngineOptions): Promise<Engine> {
    const { config, logger, knex, database, connectors, persons, defaults } =
      options;
    const retries = new RetryPolicy(readRetryLimits(config));
    const runSteps = new RunSteps(retries);
    const provisioning = new Provisioning(
      database,
      connectors,
      runSteps,
      persons,
      defaults,
    );
    const offboarding = new Offboarding(database, connectors, runSteps);
    const rollback = new Rollback({
      database,
      connectors,
      steps: runSteps,
      timeoutMs: LOOK_TIMEOUT_MS,
    });
    const circuits = new ServiceCircuits(readCircuitLimits(config));
    const steps = new StepRunner(
      database,
      connectors,
      new EntitlementKeeper(database, defaults),
      retries,
      circuits,
      logger,
    );
    const deliveries = new DeliveryProcessor(
      database,
      new PersonEvents({
        database,
        provisioning,
        offboarding,
        persons,
        removeAfterMs: readRemoveAfterMs(config),
      }),
      logger,
    );
    const retention = new Retention({ database, offboarding, persons, logger });
    const bulk = new BulkJobs({
      database,
      runs: new BulkRuns({ database, provisioning, offboarding, persons }),
      plan: new BulkPlan(
        new PersonLookup(database.persons, database.accounts, persons.catalog),
        connectors,
        defaults,
      ),
      logger,
    });
    const reconciler = new Reconciler({
      database,
      connectors,
      persons,
      defaults,
      concurrencyOf: service => readConcurrency(config, service),
      timeoutMs: LOOK_TIMEOUT_MS,
    });
    const mender = new DriftMender({
      database,
      connectors,
      persons,
      provisioning,
      offboarding,
      timeoutMs: LOOK_TIMEOUT_MS,
    });
    const tasks: QueueTask[] = [
      {
        task: PLAN_TASK,
        concurrency: 1,
        handle: (payload, signal) =>
          reconciler.continue(
            reconcilePayloadSchema.parse(payload).reconciliationId,
            signal,
          ),
      },
      {
        task: APPLY_TASK,
        concurrency: 1,
        handle: (payload, signal) =>
          mender.continue(
            reconcilePayloadSchema.parse(payload).reconciliationId,
            signal,
          ),
      },
      {
        task: BULK_TASK,
        concurrency: 1,
        handle: (payload, signal) => bulk.handle(payload, signal),
      },
      {
        task: DELIVERY_TASK,
        concurrency: DELIVERY_CONCURRENCY,
        handle: payload => deliveries.handle(payload),
      },
      ...connectors.all().map(({ service }) => ({
        task: stepTask(service),
        concurrency: readConcurrency(config, service),
        handle: (payload: unknown, signal: AbortSignal) =>
          steps.run(
            { id: stepPayloadSchema.parse(payload).stepId, service },
            signal,
          ),
      })),
      ...(options.tasks ?? []),
    ];
    const queue = await JobQueue.create({
      knex,
      logger,
      maxConnections: tasks.length + SHARED_CONNECTIONS,
      precedence: options.precedence,
      times: options.liveness,
    });
    return new Engine(
      provisioning,
      offboarding,
      rollback,
      retention,
      circuits,
      bulk,
      reconciler,
      mender,
      queue,
      tasks,
    );
  }

  /** Names of the kinds of job that there are. */
  taskNames(): string[] {
    return this.tasks.map(({ task }) => task);
  }

  async start(): Promise<void> {
    await this.queue.start(this.tasks);
  }

  async stop(): Promise<void> {
    await this.queue.stop();
  }
}
