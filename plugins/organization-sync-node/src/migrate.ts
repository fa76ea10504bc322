import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { Knex } from 'knex';

/** A table of its own, since the catalog keeps its migrations in the default one. */
const MIGRATIONS_TABLE = 'organization_sync_migrations';

/**
 * Brings the tables up to date, unless the operator migrates by hand. Modules of
 * one backend and other backends may do so at once; one after the other gets its turn.
 *
 * @public
 */
export async function migrate(knex: Knex, skip?: boolean): Promise<void> {
  if (skip) return;
  await knex.transaction(async lock => {
    await lock.raw('select pg_advisory_xact_lock(hashtext(?))', [
      MIGRATIONS_TABLE,
    ]);
    await knex.migrate.latest({
      directory: resolvePackagePath(
        '@formulary/plugin-organization-sync-node',
        'migrations',
      ),
      tableName: MIGRATIONS_TABLE,
    });
  });
}
