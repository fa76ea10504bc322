import { Entity } from '@backstage/catalog-model';
import { LoggerService } from '@backstage/backend-plugin-api';
import { mockServices, ServiceMock } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import { Run } from '@formulary/plugin-provisioning-common';
import { ServiceConnector } from '@formulary/plugin-provisioning-node';
import knexFactory, { Knex } from 'knex';
import { CatalogPersons } from '../identity/CatalogPersons';
import {
  DatabaseOptions,
  ProvisioningDatabase,
} from '../database/ProvisioningDatabase';
import { readDefaultRules } from '../defaults/readDefaultRules';
import { Engine } from '../Engine';
import { ConnectorRegistry } from '../engine/ConnectorRegistry';
import { PersonDirectory } from '../identity/PersonDirectory';
import { PersonResolver } from '../identity/PersonResolver';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { QueueTask } from '../queue/JobQueue';
import { eventually } from './eventually';
import { TestPostgres } from '@formulary/postgres-test-utils';

/** An engine on a database of a test's own. */
export interface TestEngine {
  engine: Engine;
  database: ProvisioningDatabase;
  knex: Knex;
  /** What the engine logs. */
  logger: ServiceMock<LoggerService>;
  /** Waits until a run is done with. */
  finished(runId: string): Promise<Run>;
  stop(): Promise<void>;
}

let databases = 0;

/** Makes an empty database. */
export async function createTestDatabase(
  postgres: TestPostgres,
): Promise<string> {
  databases += 1;
  const name = `provisioning_${databases}`;
  const admin = knexFactory({
    client: 'pg',
    connection: { ...postgres.connection, database: 'postgres' },
  });
  await admin.raw('create database ??', [name]);
  await admin.destroy();
  return name;
}

/** Finds people in a catalog, empty when left out, and with an identity provider if there is one. */
export function testPersons(
  database: ProvisioningDatabase,
  directory?: PersonDirectory,
  entities: Entity[] = [],
): PersonResolver {
  const issuer = 'http://idp.example/realms/test';
  return new PersonResolver(
    database.persons,
    new CatalogPersons(catalogServiceMock({ entities }), mockServices.auth(), {
      issuer,
      idAnnotation: 'keycloak.org/id',
    }),
    directory,
    issuer,
  );
}

/** Starts an engine, as one process of the portal would. */
export async function startTestEngine(options: {
  postgres: TestPostgres;
  databaseName: string;
  connectors: ServiceConnector[];
  config?: JsonObject;
  databaseOptions?: DatabaseOptions;
  /** Who knows about people; a catalog without anybody when left out. */
  persons?(database: ProvisioningDatabase): PersonResolver;
  /** Work of the queue besides the engine's own. */
  tasks?(database: ProvisioningDatabase): QueueTask[];
}): Promise<TestEngine> {
  const knex = knexFactory({
    client: 'pg',
    connection: {
      ...options.postgres.connection,
      database: options.databaseName,
    },
    useNullAsDefault: true,
  });
  const logger = mockServices.logger.mock();
  const database = await ProvisioningDatabase.create(
    knex,
    options.databaseOptions,
  );
  const connectors = new ConnectorRegistry();
  options.connectors.forEach(connector => connectors.addConnector(connector));
  const config = mockServices.rootConfig({
    data: {
      provisioning: {
        retry: { minDelay: '10ms', maxDelay: '50ms', attempts: 3 },
        ...options.config,
      },
    },
  });
  const engine = await Engine.create({
    config,
    defaults: readDefaultRules(config, connectors),
    logger,
    knex,
    database,
    connectors,
    persons: options.persons?.(database) ?? testPersons(database),
    tasks: options.tasks?.(database),
    liveness: { heartbeatMs: 100, deadAfterMs: 1_000 },
  });
  await engine.start();
  return {
    engine,
    database,
    knex,
    logger,
    finished: runId =>
      eventually(async () => {
        const run = await database.runs.find(runId);
        return run && run.state !== 'running' && run;
      }),
    async stop() {
      await engine.stop();
      await knex.destroy();
    },
  };
}
