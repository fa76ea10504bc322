import knexFactory, { Knex } from 'knex';
import { eventually } from '../__testUtils__/eventually';
import {
  createTestDatabase,
  startTestEngine,
} from '../__testUtils__/startTestEngine';
import {
  startTestPostgres,
  TestPostgres,
} from '@formulary/postgres-test-utils';

jest.setTimeout(60_000);

const TASK = 'test';
const JOBS = 5;

describe('JobQueue', () => {
  let postgres: TestPostgres;
  let databaseName: string;
  let admin: Knex;

  beforeAll(async () => {
    postgres = await startTestPostgres();
    admin = knexFactory({
      client: 'pg',
      connection: { ...postgres.connection, database: 'postgres' },
    });
  });
  beforeEach(async () => {
    databaseName = await createTestDatabase(postgres);
  });
  afterAll(async () => {
    await admin.destroy();
    await postgres.stop();
  });

  /** As while PostgreSQL restarts: what is connected is cut off, and nobody gets in. */
  async function goAway() {
    await admin.raw('alter database ?? with allow_connections false', [
      databaseName,
    ]);
    await admin.raw(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = ?',
      [databaseName],
    );
  }
  const comeBack = () =>
    admin.raw('alter database ?? with allow_connections true', [databaseName]);

  it('does again what ended while the database was away', async () => {
    const begun: string[] = [];
    let mayEnd = () => {};
    const hold = new Promise<void>(resolve => {
      mayEnd = resolve;
    });
    const { knex, database, logger, stop } = await startTestEngine({
      postgres,
      databaseName,
      connectors: [],
      tasks: () => [
        {
          task: TASK,
          concurrency: JOBS,
          async handle(payload) {
            begun.push((payload as { name: string }).name);
            await hold;
          },
        },
      ],
    });
    const names = Array.from({ length: JOBS }, (_, i) => `job-${i}`);
    for (const name of names) {
      await database.jobs.add({ task: TASK, payload: { name }, key: name });
    }
    await eventually(async () => begun.length === JOBS);

    await goAway();
    mayEnd();
    await eventually(async () =>
      logger.error.mock.calls.some(([message]) =>
        message.startsWith(`The workers of ${TASK} stopped`),
      ),
    );
    await comeBack();

    await eventually(async () => begun.length === 2 * JOBS);
    await eventually(async () => {
      const [{ count }] = await knex('provisioning_worker.jobs').count();
      return Number(count) === 0;
    });
    expect(begun.slice(JOBS).sort()).toEqual(names);
    await stop();
  });

  it('sweeps up what was replaced while a process died over it', async () => {
    const first = await startTestEngine({
      postgres,
      databaseName,
      connectors: [],
    });
    await first.knex.raw(
      `select provisioning_worker.add_job('nobody', max_attempts => 1)`,
    );
    await first.knex('provisioning_worker._private_jobs').update({
      attempts: 1,
    });
    await first.stop();

    const second = await startTestEngine({
      postgres,
      databaseName,
      connectors: [],
    });
    expect(await second.knex('provisioning_worker.jobs')).toEqual([]);
    await second.stop();
  });
});
