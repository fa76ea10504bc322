import { ObservedAccount } from '@formulary/plugin-provisioning-node';
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

jest.setTimeout(60_000);

const SERVICES = ['coder', 'gitea', 'mattermost', 'twenty'];
const PERSONS = Array.from({ length: 25 }, (_, index) => `person-${index}`);

describe('two processes on one database', () => {
  let postgres: TestPostgres;
  let first: TestEngine;
  let second: TestEngine;

  beforeAll(async () => {
    postgres = await startTestPostgres();
  });
  afterAll(async () => {
    await Promise.all([first, second].map(engine => engine?.stop()));
    await postgres.stop();
  });

  it('share the work, and when one dies in the middle the other finishes all of it', async () => {
    const services = new Map(
      SERVICES.map(service => [service, new Map<string, ObservedAccount>()]),
    );
    const replica = () =>
      SERVICES.map(
        service => new FakeConnector(service, services.get(service)),
      );
    const made = () =>
      [...services.values()].reduce((sum, { size }) => sum + size, 0);
    const total = PERSONS.length * SERVICES.length;
    const doomed = replica();
    const survivor = replica();
    let dead = false;
    const dyingCall = async () => {
      // A dead process gets no answers, and neither gives any.
      if (dead) await new Promise(() => undefined);
    };
    const survivingCall = async () => {
      // It does not finish before the other has died.
      await eventually(async () => dead || made() < total / 3);
    };
    doomed.forEach(connector => {
      connector.onCall = dyingCall;
    });
    survivor.forEach(connector => {
      connector.onCall = survivingCall;
    });
    const databaseName = await createTestDatabase(postgres);
    const start = (connectors: FakeConnector[]) =>
      startTestEngine({
        postgres,
        databaseName,
        connectors,
        config: { concurrency: { default: 2 } },
      });
    first = await start(doomed);
    const [{ id: doomedId }] = await first.knex('queue_processes');
    second = await start(survivor);

    const runIds = await Promise.all(
      PERSONS.map(async name => {
        const { run } = await first.engine.provisioning.onboard(
          { person: personNamed(name), enabled: true },
          { source: 'webhook', requestedBy: 'keycloak' },
        );
        return run.id;
      }),
    );
    await eventually(async () => made() >= total / 3);
    dead = true;
    await second.knex.raw(`
      create function no_heartbeat() returns trigger language plpgsql as
      $$ begin return case when old.id = '${doomedId}' then null else new end; end $$;
      create trigger no_heartbeat before update on queue_processes
      for each row execute function no_heartbeat();
    `);
    // All that the dead one still fetched hangs with it.
    const runs = await Promise.all(runIds.map(second.finished));

    const events = await second.knex('events').select('type', 'run_id');
    const ended = events.filter(({ type }) => type === 'run.succeeded');
    const accounts = await second.knex('accounts').where({ state: 'active' });
    await eventually(async () => {
      const jobs = await second.knex
        .withSchema('provisioning_worker')
        .table('jobs')
        .whereLike('task_identifier', 'step:%');
      return jobs.length === 0;
    });
    expect({
      succeeded: runs.filter(({ state }) => state === 'succeeded').length,
      accountsMade: made(),
      accountsKnown: accounts.length,
      created: runs
        .flatMap(({ steps }) => steps)
        .filter(({ outcome }) => outcome === 'created').length,
      runsEndedOnce: new Set(ended.map(({ run_id }) => run_id)).size,
      endings: ended.length,
    }).toEqual({
      succeeded: PERSONS.length,
      accountsMade: total,
      accountsKnown: total,
      created: total,
      runsEndedOnce: PERSONS.length,
      endings: PERSONS.length,
    });
    const callsOf = (connectors: FakeConnector[]) =>
      connectors.reduce((sum, { calls }) => sum + calls, 0);
    expect(callsOf(doomed)).toBeGreaterThan(0);
    expect(callsOf(survivor)).toBeGreaterThan(total / 3);
    // Some work was in the hands of the dead one, and was done again.
    expect(callsOf(doomed) + callsOf(survivor)).toBeGreaterThan(total);
  });
});
