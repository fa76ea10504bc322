import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { Knex } from 'knex';

/**
 * Migrations of a module that keeps tables in the database of its plugin.
 *
 * @public
 */
export interface ModuleMigrations {
  /** Name of the module's package, which has the folder `migrations`. */
  packageName: string;
  /** Where knex keeps what has been done: never the default, which is the plugin's own. */
  tableName: string;
  /** Whether the operator migrates by hand (`DatabaseService.migrations`). */
  skip?: boolean;
}

/**
 * Brings a module's tables up to date. Modules of one backend and other backends
 * may do so at once; one after the other gets its turn.
 *
 * @public
 */
export async function migrateModule(
  knex: Knex,
  { packageName, tableName, skip }: ModuleMigrations,
): Promise<void> {
  if (skip) return;
  await knex.transaction(async lock => {
    await lock.raw('select pg_advisory_xact_lock(hashtext(?))', [tableName]);
    await knex.migrate.latest({
      directory: resolvePackagePath(packageName, 'migrations'),
      tableName,
    });
  });
}

/**
 * Brings the tables of the organisation syncs up to date, unless the operator
 * migrates by hand.
 *
 * @public
 */
export async function migrate(knex: Knex, skip?: boolean): Promise<void> {
  await migrateModule(knex, {
    packageName: '@formulary/plugin-organization-sync-node',
    tableName: 'organization_sync_migrations',
    skip,
  });
}
