import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { bulkhead, BulkheadPolicy } from 'cockatiel';
import { Knex } from 'knex';
import { NoteChange, RunChange } from '../observing/RunChange';
import { RunObservers } from '../observing/RunObservers';
import { AccountStore } from './AccountStore';
import { AttemptStore } from './AttemptStore';
import { BulkStore } from './BulkStore';
import { DeliveryStore } from './DeliveryStore';
import { DriftStore } from './DriftStore';
import { EntitlementStore } from './EntitlementStore';
import { EventStore } from './EventStore';
import { JobStore } from './JobStore';
import { ListedMatchStore } from './ListedMatchStore';
import { Outbox } from './Outbox';
import { PersonStore } from './PersonStore';
import { ReconciliationStore } from './ReconciliationStore';
import { RunStore } from './RunStore';
import { StepStore } from './StepStore';

/** Everything that is stored, on one connection or in one transaction. */
export class Stores {
  readonly persons: PersonStore;
  readonly accounts: AccountStore;
  readonly entitlements: EntitlementStore;
  readonly runs: RunStore;
  readonly steps: StepStore;
  readonly attempts: AttemptStore;
  readonly events: EventStore;
  readonly deliveries: DeliveryStore;
  readonly jobs: JobStore;
  readonly bulk: BulkStore;
  readonly reconciliations: ReconciliationStore;
  readonly drifts: DriftStore;
  readonly matches: ListedMatchStore;

  /**
   * @param note - takes note of what those who listen are told about it
   * @param outbox - of what is written by itself; a transaction sees to its own
   */
  constructor(db: Knex, readonly note: NoteChange, outbox?: Outbox) {
    this.persons = new PersonStore(db);
    this.accounts = new AccountStore(db);
    this.entitlements = new EntitlementStore(db);
    this.steps = new StepStore(db);
    this.runs = new RunStore(db, this.steps, note);
    this.attempts = new AttemptStore(db, note, outbox);
    this.events = new EventStore(db);
    this.deliveries = new DeliveryStore(db, note);
    this.jobs = new JobStore(db);
    this.bulk = new BulkStore(db);
    this.reconciliations = new ReconciliationStore(db);
    this.drifts = new DriftStore(db);
    this.matches = new ListedMatchStore(db);
  }
}

/** How a database is opened. */
export interface DatabaseOptions {
  skipMigrations?: boolean;
  /** Who is told what has changed. */
  observers?: RunObservers;
  outbox?: Outbox;
}

/** Connections that transactions leave to everything else: webhooks above all, whose senders wait. */
const SPARED_CONNECTIONS = 3;

/** The plugin's PostgreSQL database. */
export class ProvisioningDatabase extends Stores {
  private readonly limit: BulkheadPolicy;

  private constructor(
    private readonly knex: Knex,
    private readonly observers?: RunObservers,
    private readonly outbox?: Outbox,
  ) {
    super(knex, change => observers?.tell(change), outbox);
    const connections: number = knex.client.pool.max;
    this.limit = bulkhead(
      Math.max(1, connections - SPARED_CONNECTIONS),
      Infinity,
    );
  }

  /** Brings the tables up to date, unless the operator migrates by hand. */
  static async create(
    knex: Knex,
    { skipMigrations, observers, outbox }: DatabaseOptions = {},
  ): Promise<ProvisioningDatabase> {
    if (!skipMigrations) {
      await knex.migrate.latest({
        directory: resolvePackagePath(
          '@formulary/plugin-provisioning-backend',
          'migrations',
        ),
      });
    }
    return new ProvisioningDatabase(knex, observers, outbox);
  }

  /** Does all or nothing of some work, jobs included; listeners are told once it is done. */
  async transaction<T>(work: (stores: Stores) => Promise<T>): Promise<T> {
    const changes: RunChange[] = [];
    const result = await this.limit.execute(() =>
      this.knex.transaction(async tx => {
        const stores = new Stores(tx, change => changes.push(change));
        const done = await work(stores);
        await this.addDueJobs(stores, changes);
        return done;
      }),
    );
    changes.forEach(change => this.observers?.tell(change));
    return result;
  }

  /** Does one thing that needs no transaction, but waits as if it were one: those that come by the hundred. */
  async single<T>(work: (stores: Stores) => Promise<T>): Promise<T> {
    return this.limit.execute(() => work(this));
  }

  private async addDueJobs(stores: Stores, changes: RunChange[]) {
    for (const change of changes) {
      if (change.type !== 'run.ended') continue;
      const due = this.outbox?.(change);
      const isLate =
        due?.onlyFirst &&
        (await stores.runs.hasPrepared(change.personId, change.runId));
      if (due && !isLate) await stores.jobs.add(due.job);
    }
  }
}
