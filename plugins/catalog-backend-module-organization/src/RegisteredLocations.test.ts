import { mockServices } from '@backstage/backend-test-utils';
import {
  startTestPostgres,
  TestPostgres,
} from '@formulary/postgres-test-utils';
import knexFactory, { Knex } from 'knex';
import { RegisteredLocations } from './RegisteredLocations';

jest.setTimeout(60_000);

const TARGET = 'https://git.example/hugo/app/catalog-info.yaml';

describe('RegisteredLocations', () => {
  let postgres: TestPostgres;
  let knex: Knex;
  let locations: RegisteredLocations;

  beforeAll(async () => {
    postgres = await startTestPostgres();
    knex = knexFactory({
      client: 'pg',
      connection: { ...postgres.connection, database: 'postgres' },
    });
    locations = await RegisteredLocations.create(
      mockServices.database.mock({ getClient: async () => knex }),
    );
  });
  afterAll(async () => {
    await knex?.destroy();
    await postgres?.stop();
  });

  it('knows nobody for what no person registered', async () => {
    await expect(locations.refsOf('https://git.example/x')).resolves.toBe(
      undefined,
    );
  });

  it('remembers everybody who registered a location', async () => {
    await locations.add(TARGET, ['user:default/Hugo', 'group:default/globex']);
    await locations.add(TARGET, ['user:default/ivy', 'group:default/globex']);
    await expect(locations.refsOf(TARGET)).resolves.toEqual(
      new Set([
        'user:default/hugo',
        'user:default/ivy',
        'group:default/globex',
      ]),
    );
  });
});
