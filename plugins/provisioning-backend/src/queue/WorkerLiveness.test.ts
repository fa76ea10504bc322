import { mockServices } from '@backstage/backend-test-utils';
import {
  startTestPostgres,
  TestPostgres,
} from '@formulary/postgres-test-utils';
import knexFactory, { Knex } from 'knex';
import { eventually } from '../__testUtils__/eventually';
import {
  createTestDatabase,
  startTestEngine,
  TestEngine,
} from '../__testUtils__/startTestEngine';
import { WorkerLiveness } from './WorkerLiveness';

jest.setTimeout(60_000);

const JOB_OF_NOBODY = 'a-task-that-no-worker-has';

describe('WorkerLiveness', () => {
  let postgres: TestPostgres;
  let engine: TestEngine;
  let knex: Knex;

  beforeAll(async () => {
    postgres = await startTestPostgres();
    engine = await startTestEngine({
      postgres,
      databaseName: await createTestDatabase(postgres),
      connectors: [],
    });
    knex = engine.knex;
  });
  afterAll(async () => {
    await engine.stop();
    await postgres.stop();
  });

  const lifeOf = (id: string, db = knex) =>
    new WorkerLiveness(db, mockServices.logger.mock(), id, {
      heartbeatMs: 50,
      deadAfterMs: 500,
    });

  const poolsOf = async (id: string): Promise<string[]> =>
    (await knex('queue_processes').where({ id }).first('worker_pools'))
      .worker_pools;

  async function addJobLockedBy(pool: string) {
    await knex.raw(`select provisioning_worker.add_job(?)`, [JOB_OF_NOBODY]);
    await knex('provisioning_worker._private_jobs')
      .whereNull('locked_by')
      .update({ locked_by: pool, locked_at: knex.fn.now() });
  }

  const isLockedBy = async (pool: string) =>
    (await knex('provisioning_worker.jobs').where({ locked_by: pool }).first())
      ? 'locked'
      : 'free';

  it('tells of every pool, however many join at once', async () => {
    const id = '00000000-0000-4000-8000-000000000001';
    const liveness = lifeOf(id);
    await liveness.start();
    const pools = Array.from({ length: 12 }, (_, index) => `pool-${index}`);
    await Promise.all(pools.map(pool => liveness.join(pool)));
    expect(await poolsOf(id)).toEqual(pools);
    await liveness.stop();
  });

  it('frees the jobs of a process that died before it told of its pool', async () => {
    await addJobLockedBy('pool-unheard-of');
    expect(await isLockedBy('pool-unheard-of')).toBe('locked');
    await eventually(
      async () => (await isLockedBy('pool-unheard-of')) === 'free',
    );
  });

  it('frees the jobs of a pool that the database broke, once the database is back', async () => {
    const id = '00000000-0000-4000-8000-000000000002';
    const { connection, ...config } = knex.client.config;
    await knex.raw(`create role shaky superuser login password 'shaky'`);
    const own = knexFactory({
      ...config,
      connection: { ...connection, user: 'shaky', password: 'shaky' },
    });
    const liveness = lifeOf(id, own);
    await liveness.start();
    await liveness.join('pool-broken');
    await addJobLockedBy('pool-broken');

    await knex.raw('alter role shaky nologin');
    await knex.raw(
      `select pg_terminate_backend(pid) from pg_stat_activity where usename = 'shaky'`,
    );
    await expect(liveness.leave('pool-broken')).rejects.toThrow();
    expect(await isLockedBy('pool-broken')).toBe('locked');
    await knex.raw('alter role shaky login');
    await eventually(async () => (await isLockedBy('pool-broken')) === 'free');
    await liveness.stop();
    await own.destroy();
  });
});
