import { Knex } from 'knex';
import { PoolConfig } from 'pg';

type ConnectionSettings = PoolConfig & { password?: string };
type ConnectionProvider = () => Promise<ConnectionSettings>;

/**
 * Settings of a second pool on the database that a knex client of Backstage's
 * database service is connected to.
 *
 * The service resolves the plugin's database name and the operator's overrides
 * before it makes the client, so its config is what counts: an object, or with
 * Azure, Cloud SQL and RDS a function that gives short-lived credentials
 * (`entrypoints/database/connectors/postgres` of @backstage/backend-defaults).
 */
export async function poolConfig(
  knex: Knex,
  options: { max: number; applicationName: string },
): Promise<PoolConfig> {
  const connection: ConnectionSettings | ConnectionProvider =
    knex.client.config.connection;
  const isProvider = typeof connection === 'function';
  const settings = isProvider ? await connection() : connection;
  return {
    ...settings,
    // knex hides the password from being listed, so that it must be named.
    password: isProvider
      ? async () => (await connection()).password ?? ''
      : settings.password,
    max: options.max,
    application_name: options.applicationName,
  };
}
