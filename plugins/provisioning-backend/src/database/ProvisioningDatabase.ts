import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import { AccountStore } from './AccountStore';
import { DeliveryStore } from './DeliveryStore';
import { DriftStore } from './DriftStore';
import { EventStore } from './EventStore';
import { JobStore } from './JobStore';
import { PersonStore } from './PersonStore';
import { ReconciliationStore } from './ReconciliationStore';
import { RunStore } from './RunStore';
import { StepStore } from './StepStore';

/** Everything that is stored, on one connection or in one transaction. */
export class Stores {
  readonly persons: PersonStore;
  readonly accounts: AccountStore;
  readonly runs: RunStore;
  readonly steps: StepStore;
  readonly events: EventStore;
  readonly deliveries: DeliveryStore;
  readonly jobs: JobStore;
  readonly reconciliations: ReconciliationStore;
  readonly drifts: DriftStore;

  constructor(db: Knex) {
    this.persons = new PersonStore(db);
    this.accounts = new AccountStore(db);
    this.steps = new StepStore(db);
    this.runs = new RunStore(db, this.steps);
    this.events = new EventStore(db);
    this.deliveries = new DeliveryStore(db);
    this.jobs = new JobStore(db);
    this.reconciliations = new ReconciliationStore(db);
    this.drifts = new DriftStore(db);
  }
}

/** The plugin's PostgreSQL database. */
export class ProvisioningDatabase extends Stores {
  private constructor(private readonly knex: Knex) {
    super(knex);
  }

  /** Brings the tables up to date, unless the operator migrates by hand. */
  static async create(
    knex: Knex,
    options: { skipMigrations?: boolean } = {},
  ): Promise<ProvisioningDatabase> {
    if (!options.skipMigrations) {
      await knex.migrate.latest({
        directory: resolvePackagePath(
          '@formulary/plugin-provisioning-backend',
          'migrations',
        ),
      });
    }
    return new ProvisioningDatabase(knex);
  }

  /** Does all or nothing of some work; jobs included. */
  async transaction<T>(work: (stores: Stores) => Promise<T>): Promise<T> {
    return this.knex.transaction(tx => work(new Stores(tx)));
  }
}
