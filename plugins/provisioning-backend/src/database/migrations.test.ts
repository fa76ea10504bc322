import { resolve } from 'node:path';
import knexFactory, { Knex } from 'knex';
import { personNamed } from '../__testUtils__/people';
import {
  startTestPostgres,
  TestPostgres,
} from '@formulary/postgres-test-utils';
import { PersonStore } from './PersonStore';

jest.setTimeout(60_000);

const directory = resolve(__dirname, '../../migrations');

describe('the migrations', () => {
  let postgres: TestPostgres;
  let knex: Knex;

  beforeAll(async () => {
    postgres = await startTestPostgres();
    knex = knexFactory({
      client: 'pg',
      connection: { ...postgres.connection, database: 'postgres' },
    });
  });
  afterAll(async () => {
    await knex.destroy();
    await postgres.stop();
  });

  it('go up, down and up again', async () => {
    await knex.migrate.latest({ directory });
    await new PersonStore(knex).save(personNamed('bob'));
    await knex.migrate.rollback({ directory }, true);
    await expect(knex.schema.hasTable('persons')).resolves.toBe(false);
    await knex.migrate.latest({ directory });
    await expect(knex.schema.hasTable('persons')).resolves.toBe(true);
  });

  it('keep the people of the version before, who are all active', async () => {
    await knex.migrate.rollback({ directory }, true);
    await knex.migrate.up({ directory, name: '20261121000000_init.js' });
    await knex('persons').insert({
      user_ref: 'user:default/carol',
      issuer: 'http://idp.example',
      subject: 'carol',
      username: 'carol',
      email: 'carol@acme.example',
      email_verified: true,
      display_name: 'Carol',
      organisation: 'acme',
      groups: '[]',
      attributes: '{}',
    });
    await knex.migrate.latest({ directory });
    await expect(
      new PersonStore(knex).findByUserRef('user:default/carol'),
    ).resolves.toMatchObject({
      person: { username: 'carol' },
      lifecycle: { state: 'active' },
    });
  });

  it('let nobody alter an event', async () => {
    await knex.migrate.latest({ directory });
    await knex('events').insert({ type: 't', actor: 'a', message: 'm' });
    await expect(knex('events').update({ message: 'x' })).rejects.toThrow(
      'events are only ever added',
    );
  });
});
