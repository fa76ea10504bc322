import { DatabaseService } from '@backstage/backend-plugin-api';
import { migrateModule } from '@formulary/plugin-organization-sync-node';
import { Knex } from 'knex';

interface Row {
  target: string;
  ref: string;
}

/** Remembers on whose behalf people registered locations: their files may speak for those alone. */
export class RegisteredLocations {
  constructor(private readonly db: Knex) {}

  /** Brings the table up to date, unless the operator migrates by hand. */
  static async create(database: DatabaseService): Promise<RegisteredLocations> {
    const knex = await database.getClient();
    await migrateModule(knex, {
      packageName: '@formulary/plugin-catalog-backend-module-organization',
      tableName: 'registered_locations_migrations',
      skip: database.migrations?.skip,
    });
    return new RegisteredLocations(knex);
  }

  /**
   * Remembers somebody who registers a location, beside those who have before.
   *
   * @param refs - of the person and of their groups
   */
  async add(target: string, refs: string[]): Promise<void> {
    await this.db<Row>('registered_locations')
      .insert(
        refs.map(ref => ({ target, ref: ref.toLocaleLowerCase('en-US') })),
      )
      .onConflict()
      .ignore();
  }

  /** Refs of those who registered a location; undefined when no person did, but the configuration or an administrator. */
  async refsOf(target: string): Promise<ReadonlySet<string> | undefined> {
    const rows = await this.db<Row>('registered_locations')
      .where({ target })
      .select('ref');
    return rows.length > 0 ? new Set(rows.map(({ ref }) => ref)) : undefined;
  }
}
