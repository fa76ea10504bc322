import { resolve } from 'node:path';
import knexFactory, { Knex } from 'knex';
import { personNamed } from '../__testUtils__/people';
import {
  startTestPostgres,
  TestPostgres,
} from '@formulary/postgres-test-utils';
import { BulkStore } from './BulkStore';
import { DriftStore } from './DriftStore';
import { PersonStore } from './PersonStore';

jest.setTimeout(60_000);

const BEFORE_LISTS = [
  '20261121000000_init.js',
  '20261121010000_lifecycle.js',
  '20261121020000_reconciliations.js',
  '20261121030000_bulk.js',
  '20261121040000_rollback.js',
  '20261121144500_entitlements.js',
];

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

  it('keep what was compared and asked for in bulk before lists were read', async () => {
    await knex.migrate.rollback({ directory }, true);
    for (const name of BEFORE_LISTS) await knex.migrate.up({ directory, name });
    const { id: personId } = await new PersonStore(knex).save(
      personNamed('dora'),
    );
    const [{ id: planId }] = await knex('reconciliations')
      .insert({
        state: 'succeeded',
        requested_by: 'user:default/priya',
        total_persons: 1,
        services: '[]',
      })
      .returning('id');
    await knex('drifts').insert({
      reconciliation_id: planId,
      person_id: personId,
      service: 'gitea',
      kind: 'missing',
      found: 'None',
      wanted: 'One',
      mend: 'prepare',
    });
    await knex('bulk_jobs').insert({
      requested_by: 'user:default/priya',
      total_lines: 0,
    });
    await knex.migrate.latest({ directory });
    const page = { limit: 10, offset: 0 };
    const drifts = await new DriftStore(knex).list(planId, page);
    expect(drifts.items).toMatchObject([{ username: 'dora', kind: 'missing' }]);
    expect(drifts.items[0].account).toBeUndefined();
    const jobs = await new BulkStore(knex).listJobs(['onboard'], page);
    expect(jobs.items).toMatchObject([
      {
        state: 'finished',
        operation: 'onboard',
        source: 'file',
        totalLines: 0,
      },
    ]);
  });

  it('let nobody alter an event', async () => {
    await knex.migrate.latest({ directory });
    await knex('events').insert({ type: 't', actor: 'a', message: 'm' });
    await expect(knex('events').update({ message: 'x' })).rejects.toThrow(
      'events are only ever added',
    );
  });
});
