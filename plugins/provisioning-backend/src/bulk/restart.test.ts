import { eventually } from '../__testUtils__/eventually';
import { FakeConnector } from '../__testUtils__/FakeConnector';
import { personNamed } from '../__testUtils__/people';
import {
  createTestDatabase,
  startTestEngine,
} from '../__testUtils__/startTestEngine';
import {
  startTestPostgres,
  TestPostgres,
} from '@formulary/postgres-test-utils';
import { readBulkFile } from './readBulkFile';

jest.setTimeout(120_000);

const PEOPLE = 300;

const byPriya = {
  operation: 'onboard',
  source: 'file',
  requestedBy: 'user:default/priya',
} as const;

describe('a bulk onboarding over a restart', () => {
  let postgres: TestPostgres;

  beforeAll(async () => {
    postgres = await startTestPostgres();
  });
  afterAll(async () => {
    await postgres.stop();
  });

  it('goes on where it was, and begins every line exactly once', async () => {
    const databaseName = await createTestDatabase(postgres);
    const gitea = new FakeConnector('gitea');
    const start = () =>
      startTestEngine({ postgres, databaseName, connectors: [gitea] });
    const first = await start();
    const names = Array.from({ length: PEOPLE }, (_, index) => `dev-${index}`);
    for (const name of names)
      await first.database.persons.save(personNamed(name));
    const { id } = await first.engine.bulk.start(
      readBulkFile(Buffer.from(`user\n${names.join('\n')}\n`)),
      byPriya,
    );
    await eventually(async () => {
      const job = await first.database.bulk.find(id);
      return (job?.counts.succeeded ?? 0) >= 20;
    });
    await first.stop();

    const second = await start();
    const left = await second.database.bulk.find(id);
    expect(left?.counts.waiting).toBeGreaterThan(0);
    await eventually(async () => {
      const job = await second.database.bulk.find(id);
      return job?.state === 'finished';
    });
    expect((await second.database.bulk.find(id))?.counts).toMatchObject({
      succeeded: PEOPLE,
      refused: 0,
      failed: 0,
    });
    expect(gitea.accounts.size).toBe(PEOPLE);
    expect(
      Number((await second.knex('runs').count({ count: '*' }))[0].count),
    ).toBe(PEOPLE);
    await second.stop();
  });

  it('goes on with a suspension, and suspends everybody exactly once', async () => {
    const databaseName = await createTestDatabase(postgres);
    const gitea = new FakeConnector('gitea');
    const start = () =>
      startTestEngine({ postgres, databaseName, connectors: [gitea] });
    const first = await start();
    const names = Array.from({ length: PEOPLE }, (_, index) => `dev-${index}`);
    for (const name of names)
      await first.database.persons.save(personNamed(name));
    const file = readBulkFile(Buffer.from(`user\n${names.join('\n')}\n`));
    const made = await first.engine.bulk.start(file, byPriya);
    await eventually(async () => {
      const job = await first.database.bulk.find(made.id);
      return job?.state === 'finished';
    });
    const { id } = await first.engine.bulk.start(file, {
      ...byPriya,
      operation: 'suspend',
      reason: 'Closed',
      confirm: PEOPLE,
    });
    await eventually(async () => {
      const job = await first.database.bulk.find(id);
      return (job?.counts.succeeded ?? 0) >= 20;
    });
    await first.stop();

    const second = await start();
    const left = await second.database.bulk.find(id);
    expect(left?.counts.waiting).toBeGreaterThan(0);
    await eventually(async () => {
      const job = await second.database.bulk.find(id);
      return job?.state === 'finished';
    });
    expect((await second.database.bulk.find(id))?.counts).toMatchObject({
      succeeded: PEOPLE,
      refused: 0,
      failed: 0,
    });
    const states = [...gitea.accounts.values()].map(({ state }) => state);
    expect(states).toEqual(Array(PEOPLE).fill('suspended'));
    const [{ count }] = await second
      .knex('runs')
      .where({ kind: 'suspend' })
      .count({ count: '*' });
    expect(Number(count)).toBe(PEOPLE);
    await second.stop();
  });

  it('shares a file between two processes without beginning a line twice', async () => {
    const databaseName = await createTestDatabase(postgres);
    const gitea = new FakeConnector('gitea');
    const engines = [
      await startTestEngine({ postgres, databaseName, connectors: [gitea] }),
      await startTestEngine({ postgres, databaseName, connectors: [gitea] }),
    ];
    const [{ database, engine, knex }] = engines;
    const names = Array.from({ length: 60 }, (_, index) => `dev-${index}`);
    for (const name of names) await database.persons.save(personNamed(name));
    const { id } = await engine.bulk.start(
      readBulkFile(Buffer.from(`user\n${names.join('\n')}\n`)),
      byPriya,
    );
    const signal = new AbortController().signal;
    await Promise.all(
      engines.map(each => each.engine.bulk.handle({ jobId: id }, signal)),
    );
    await eventually(async () => {
      const job = await database.bulk.find(id);
      return job?.state === 'finished';
    });
    expect((await database.bulk.find(id))?.counts).toMatchObject({
      succeeded: 60,
      refused: 0,
    });
    expect(Number((await knex('runs').count({ count: '*' }))[0].count)).toBe(
      60,
    );
    await Promise.all(engines.map(each => each.stop()));
  });
});
