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

type Engine = Awaited<ReturnType<typeof startTestEngine>>;

async function finished({ database }: Engine, id: string) {
  await eventually(
    async () => (await database.bulk.find(id))?.state === 'finished',
  );
}

/** Stops a process when a job is done for some people, and not yet for all. */
async function stopAmid(engine: Engine, id: string) {
  await eventually(async () => {
    const job = await engine.database.bulk.find(id);
    return (job?.counts.succeeded ?? 0) >= 20;
  });
  await engine.stop();
}

/** Another process goes on with a job, and does it for everybody. */
async function goesOn(engine: Engine, id: string) {
  const left = await engine.database.bulk.find(id);
  expect(left?.counts.waiting).toBeGreaterThan(0);
  await finished(engine, id);
  expect((await engine.database.bulk.find(id))?.counts).toMatchObject({
    succeeded: PEOPLE,
    refused: 0,
    failed: 0,
  });
}

describe('a bulk onboarding over a restart', () => {
  let postgres: TestPostgres;

  beforeAll(async () => {
    postgres = await startTestPostgres();
  });
  afterAll(async () => {
    await postgres.stop();
  });

  /** A process with everybody on record, the start of another on the same database, and a file that names them all. */
  async function begin(people = PEOPLE) {
    const databaseName = await createTestDatabase(postgres);
    const gitea = new FakeConnector('gitea');
    const start = () =>
      startTestEngine({ postgres, databaseName, connectors: [gitea] });
    const first = await start();
    const names = Array.from({ length: people }, (_, index) => `dev-${index}`);
    for (const name of names) {
      await first.database.persons.save(personNamed(name));
    }
    const file = readBulkFile(Buffer.from(`user\n${names.join('\n')}\n`));
    return { first, start, gitea, file };
  }

  it('goes on where it was, and begins every line exactly once', async () => {
    const { first, start, gitea, file } = await begin();
    const { id } = await first.engine.bulk.start(file, byPriya);
    await stopAmid(first, id);

    const second = await start();
    await goesOn(second, id);
    expect(gitea.accounts.size).toBe(PEOPLE);
    expect(
      Number((await second.knex('runs').count({ count: '*' }))[0].count),
    ).toBe(PEOPLE);
    await second.stop();
  });

  it('goes on with a suspension, and suspends everybody exactly once', async () => {
    const { first, start, gitea, file } = await begin();
    const made = await first.engine.bulk.start(file, byPriya);
    await finished(first, made.id);
    const { id } = await first.engine.bulk.start(file, {
      ...byPriya,
      operation: 'suspend',
      reason: 'Closed',
      confirm: PEOPLE,
    });
    await stopAmid(first, id);

    const second = await start();
    await goesOn(second, id);
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
    const { first, start, file } = await begin(60);
    const engines = [first, await start()];
    const { database, engine, knex } = first;
    const { id } = await engine.bulk.start(file, byPriya);
    const signal = new AbortController().signal;
    await Promise.all(
      engines.map(each => each.engine.bulk.handle({ jobId: id }, signal)),
    );
    await finished(first, id);
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
