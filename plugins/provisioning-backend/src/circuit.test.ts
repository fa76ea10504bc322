import { ServiceError } from '@formulary/service-client-node';
import { eventually } from './__testUtils__/eventually';
import { FakeConnector } from './__testUtils__/FakeConnector';
import { personNamed } from './__testUtils__/people';
import {
  createTestDatabase,
  startTestEngine,
  TestEngine,
} from './__testUtils__/startTestEngine';
import {
  startTestPostgres,
  TestPostgres,
} from '@formulary/postgres-test-utils';
import { ServiceHealthReader } from './http/ServiceHealthReader';
import { ConnectorRegistry } from './engine/ConnectorRegistry';

jest.setTimeout(60_000);

const PERSONS = Array.from({ length: 8 }, (_, index) => `person-${index}`);

describe('a service that gives no answer', () => {
  let postgres: TestPostgres;
  let gitea: FakeConnector;
  let twenty: FakeConnector;
  let test: TestEngine | undefined;
  /** Whether Gitea is away; its calls while it was. */
  let away = true;
  let inVain = 0;

  beforeAll(async () => {
    postgres = await startTestPostgres();
  });
  afterAll(async () => {
    await postgres.stop();
  });
  beforeEach(() => {
    gitea = new FakeConnector('gitea');
    twenty = new FakeConnector('twenty');
    away = true;
    inVain = 0;
    gitea.onCall = async () => {
      if (!away) return;
      inVain += 1;
      throw new ServiceError('Gitea is not running', {
        kind: 'unavailable',
        service: 'Gitea',
      });
    };
  });
  afterEach(async () => {
    await test?.stop();
  });

  async function onboardAll(retry: object) {
    test = await startTestEngine({
      postgres,
      databaseName: await createTestDatabase(postgres),
      connectors: [gitea, twenty],
      config: {
        retry: {
          attempts: 3,
          minDelay: '5ms',
          maxDelay: '10ms',
          ...retry,
        },
        concurrency: { default: 1 },
      },
    });
    const { engine } = test;
    return Promise.all(
      PERSONS.map(async name => {
        const { run } = await engine.provisioning.onboard(
          { person: personNamed(name), enabled: true },
          { source: 'self', requestedBy: `user:default/${name}` },
        );
        return run.id;
      }),
    );
  }

  const stepsOf = (runIds: string[]) =>
    Promise.all(
      runIds.map(async id => {
        const run = await test!.database.runs.find(id);
        return run!.steps.find(({ service }) => service === 'gitea')!;
      }),
    );

  it('is not called any more, and its steps wait without using up attempts until it is back', async () => {
    const ids = await onboardAll({
      circuit: { failures: 2, coolDown: '150ms' },
    });
    const { engine, finished, database } = test!;
    // Many cool-downs: far more tries than a step has attempts.
    await eventually(async () => inVain >= 6);
    await eventually(async () =>
      (await stepsOf(ids)).every(({ state }) => state === 'waiting'),
    );
    const waiting = await stepsOf(ids);
    expect(waiting.filter(({ attempts }) => attempts === 0)).not.toEqual([]);
    const held = waiting.filter(({ message }) =>
      message?.match(/^Gitea has not answered for \d+ s$/),
    );
    expect(held.length).toBeGreaterThan(PERSONS.length / 2);
    expect(twenty.accounts.size).toBe(PERSONS.length);

    const registry = new ConnectorRegistry();
    registry.addConnector(gitea);
    const [health] = await new ServiceHealthReader(
      registry,
      engine.circuits,
    ).read();
    expect(health.circuit).toMatchObject({ lastError: 'Gitea is not running' });

    away = false;
    const runs = await Promise.all(ids.map(finished));
    expect(runs.map(({ state }) => state)).toEqual(
      PERSONS.map(() => 'succeeded'),
    );
    expect(gitea.accounts.size).toBe(PERSONS.length);
    expect(engine.circuits.of('gitea').open).toBeUndefined();
    const events = await database.events.listOf(
      runs.find(({ steps }) => steps[0].attempts === 1)!.id,
      { after: '0', limit: 100 },
    );
    expect(
      events.filter(({ type }) => type === 'step.waiting').length,
    ).toBeLessThanOrEqual(1);
  });

  it('lets steps wait no longer than their deadline, and tells nobody what others met with', async () => {
    const ids = await onboardAll({
      attempts: 100,
      deadline: '1s',
      circuit: { failures: 2, coolDown: '10m' },
    });
    const runs = await Promise.all(ids.map(test!.finished));
    expect(runs.map(({ state }) => state)).toEqual(PERSONS.map(() => 'failed'));
    expect(inVain).toBe(2);
    expect((await stepsOf(ids)).map(({ message }) => message)).toEqual(
      PERSONS.map(() =>
        expect.stringMatching(
          /^Gitea has not answered for \d+ s\. Try again once it is back$/,
        ),
      ),
    );
  });
});
