import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import { EventStore } from './EventStore';
import { RequestStore } from './RequestStore';

/** Everything that is stored, on one connection or in one transaction. */
export class Stores {
  readonly requests: RequestStore;
  readonly events: EventStore;

  constructor(db: Knex) {
    this.requests = new RequestStore(db);
    this.events = new EventStore(db);
  }
}

/** The plugin's PostgreSQL database. */
export class ApprovalsDatabase extends Stores {
  private constructor(private readonly knex: Knex) {
    super(knex);
  }

  /** Brings the tables up to date, unless the operator migrates by hand. */
  static async create(
    knex: Knex,
    { skipMigrations }: { skipMigrations?: boolean } = {},
  ): Promise<ApprovalsDatabase> {
    if (!skipMigrations) {
      await knex.migrate.latest({
        directory: resolvePackagePath(
          '@formulary/plugin-approvals-backend',
          'migrations',
        ),
      });
    }
    return new ApprovalsDatabase(knex);
  }

  /** Does all or nothing of some work. */
  async transaction<T>(work: (stores: Stores) => Promise<T>): Promise<T> {
    return this.knex.transaction(tx => work(new Stores(tx)));
  }
}
