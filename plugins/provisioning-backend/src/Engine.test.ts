import { JsonObject } from '@backstage/types';
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

jest.setTimeout(60_000);

const bob = { person: personNamed('bob'), enabled: true };
const bySelf = { source: 'self' as const, requestedBy: 'user:default/bob' };

function unavailable(retryAfterMs?: number) {
  return async () => {
    throw new ServiceError('Gitea could not create bob: it is not running', {
      kind: 'unavailable',
      service: 'Gitea',
      retryAfterMs,
    });
  };
}

async function refused() {
  throw new ServiceError('Gitea could not create bob: the name is reserved', {
    kind: 'validation',
    service: 'Gitea',
  });
}

describe('Engine', () => {
  let postgres: TestPostgres;
  let databaseName: string;
  let gitea: FakeConnector;
  let twenty: FakeConnector;
  const engines: TestEngine[] = [];

  beforeAll(async () => {
    postgres = await startTestPostgres();
  });
  afterAll(async () => {
    await postgres.stop();
  });
  beforeEach(async () => {
    databaseName = await createTestDatabase(postgres);
    gitea = new FakeConnector('gitea');
    twenty = new FakeConnector('twenty');
  });
  afterEach(async () => {
    await Promise.all(engines.splice(0).map(engine => engine.stop()));
  });

  async function start(connectors = [gitea, twenty], config?: JsonObject) {
    const engine = await startTestEngine({
      postgres,
      databaseName,
      connectors,
      config,
    });
    engines.push(engine);
    return engine;
  }

  it('prepares an account in every service and keeps what it saw', async () => {
    const { engine, database, finished } = await start();

    const { run, joined } = await engine.provisioning.onboard(bob, bySelf);
    expect(joined).toBe(false);
    expect(run).toMatchObject({
      state: 'running',
      userRef: 'user:default/bob',
      organisation: 'acme',
      steps: [{ service: 'gitea' }, { service: 'twenty' }],
    });

    const done = await finished(run.id);
    expect(done).toMatchObject({
      state: 'succeeded',
      steps: [
        { service: 'gitea', state: 'succeeded', outcome: 'created' },
        { service: 'twenty', state: 'succeeded', outcome: 'created' },
      ],
    });
    const met = await database.persons.findByUserRef('user:default/bob');
    expect(await database.accounts.listOf(met!.id)).toMatchObject([
      { service: 'gitea', state: 'active', username: 'bob', externalId: '1' },
      { service: 'twenty', state: 'active' },
    ]);
    const events = await database.events.listOf(run.id, {
      after: '0',
      limit: 100,
    });
    expect(events.map(({ type }) => type).sort()).toEqual([
      'run.created',
      'run.succeeded',
      'step.started',
      'step.started',
      'step.succeeded',
      'step.succeeded',
    ]);
  });

  it('tells a connector the account that it answered before', async () => {
    const { engine, finished } = await start([gitea]);
    const known: Array<string | undefined> = [];
    const note = async (_person: unknown, options: { externalId?: string }) => {
      known.push(options.externalId);
    };
    gitea.willDo(note, note);
    for (let round = 0; round < 2; round += 1) {
      const { run } = await engine.provisioning.onboard(bob, bySelf);
      await finished(run.id);
    }
    expect(known).toEqual([undefined, '1']);
  });

  it('works on the services of one person at the same time', async () => {
    const { engine, finished } = await start();
    // Each waits for the other: one after the other would never end.
    let meet: () => void = () => undefined;
    const bothThere = new Promise<void>(resolve => {
      meet = resolve;
    });
    let there = 0;
    const arrive = async () => {
      there += 1;
      if (there === 2) meet();
      await bothThere;
    };
    gitea.willDo(arrive);
    twenty.willDo(arrive);

    const { run } = await engine.provisioning.onboard(bob, bySelf);
    expect((await finished(run.id)).state).toBe('succeeded');
  });

  it('makes no more calls of a service at once than its own limit', async () => {
    const { engine, finished } = await start([gitea, twenty], {
      concurrency: { gitea: 2, default: 4 },
    });
    const most = new Map<FakeConnector, number>();
    const services = [gitea, twenty];
    const calls = () => services.reduce((sum, one) => sum + one.calls, 0);
    services.forEach(connector => {
      let now = 0;
      connector.onCall = async () => {
        now += 1;
        most.set(connector, Math.max(now, most.get(connector) ?? 0));
        // Long enough that the others would come in meanwhile, if they might.
        await eventually(async () => calls() >= 6);
        now -= 1;
      };
    });
    const runIds = await Promise.all(
      Array.from({ length: 8 }, async (_, index) => {
        const { run } = await engine.provisioning.onboard(
          { person: personNamed(`person-${index}`), enabled: true },
          bySelf,
        );
        return run.id;
      }),
    );
    await Promise.all(runIds.map(finished));
    expect([most.get(gitea), most.get(twenty)]).toEqual([2, 4]);
  });

  it('fails a step at its deadline, however many attempts are left', async () => {
    const { engine, finished } = await start([gitea], {
      retry: {
        attempts: 1000,
        minDelay: '20ms',
        maxDelay: '20ms',
        deadline: '300ms',
        circuit: { failures: 1000 },
      },
    });
    gitea.onCall = unavailable();
    const { run } = await engine.provisioning.onboard(bob, bySelf);
    const { state, steps } = await finished(run.id);
    expect(state).toBe('failed');
    expect(steps[0].attempts).toBeLessThan(20);
  });

  it('ends an attempt that takes too long, and makes another', async () => {
    const { engine, finished } = await start([gitea], {
      retry: { attempts: 2, minDelay: '1ms', attemptTimeout: '100ms' },
    });
    gitea.willDo(() => new Promise(() => undefined));
    const { run } = await engine.provisioning.onboard(bob, bySelf);
    expect(await finished(run.id)).toMatchObject({
      state: 'succeeded',
      steps: [{ attempts: 2 }],
    });
  });

  it('joins the run that is under way instead of beginning another', async () => {
    const { engine, finished } = await start();
    let release: () => void = () => undefined;
    const released = new Promise<void>(resolve => {
      release = resolve;
    });
    gitea.willDo(() => released);
    const first = await engine.provisioning.onboard(bob, {
      ...bySelf,
      services: ['gitea'],
    });
    const [second, third] = await Promise.all([
      engine.provisioning.onboard(bob, bySelf),
      engine.provisioning.onboard(bob, bySelf),
    ]);

    expect(second).toMatchObject({ joined: true, run: { id: first.run.id } });
    expect(third).toMatchObject({ joined: true, run: { id: first.run.id } });
    expect(third.run.steps.map(({ service }) => service)).toEqual([
      'gitea',
      'twenty',
    ]);
    release();
    await finished(first.run.id);
    expect([gitea.calls, twenty.calls]).toEqual([1, 1]);
  });

  it('bears many requests for one person at once', async () => {
    const { engine, finished } = await start();
    for (let round = 0; round < 10; round++) {
      const requests = await Promise.all(
        [['gitea'], ['twenty'], undefined, ['gitea'], undefined].map(services =>
          engine.provisioning.onboard(bob, { ...bySelf, services }),
        ),
      );
      for (const { run } of requests) {
        expect((await finished(run.id)).state).toBe('succeeded');
      }
    }
    expect([gitea.accounts.size, twenty.accounts.size]).toEqual([1, 1]);
  });

  it('begins a new run for a finished person, whose steps find all unchanged', async () => {
    const { engine, finished } = await start();
    const first = await engine.provisioning.onboard(bob, bySelf);
    await finished(first.run.id);

    const second = await engine.provisioning.onboard(bob, bySelf);
    expect(second.run.id).not.toBe(first.run.id);
    expect((await finished(second.run.id)).steps).toMatchObject([
      { outcome: 'unchanged' },
      { outcome: 'unchanged' },
    ]);
    expect(gitea.accounts.size).toBe(1);
  });

  it('tries a failure that may pass again, not before the service asked', async () => {
    const { engine, database, finished } = await start();
    gitea.willDo(unavailable(), unavailable(400));
    const began = Date.now();
    const { run } = await engine.provisioning.onboard(bob, bySelf);

    const done = await finished(run.id);
    expect(done).toMatchObject({
      state: 'succeeded',
      steps: [{ service: 'gitea', attempts: 3, message: undefined }, {}],
    });
    expect(Date.now() - began).toBeGreaterThanOrEqual(400);
    const events = await database.events.listOf(run.id, {
      after: '0',
      limit: 100,
    });
    expect(events.filter(({ type }) => type === 'step.waiting')).toHaveLength(
      2,
    );
  });

  it('gives up on a service that stays away, without holding up the others', async () => {
    const { engine, finished, database } = await start();
    gitea.willDo(unavailable(), unavailable(), unavailable());
    const { run } = await engine.provisioning.onboard(bob, bySelf);

    expect(await finished(run.id)).toMatchObject({
      state: 'failed',
      steps: [
        {
          state: 'failed',
          attempts: 3,
          message: 'Gitea could not create bob: it is not running',
        },
        { state: 'succeeded' },
      ],
    });
    const met = await database.persons.findByUserRef('user:default/bob');
    expect(await database.accounts.listOf(met!.id)).toMatchObject([
      { state: 'failed', message: expect.stringContaining('not running') },
      { state: 'active' },
    ]);
  });

  it('tries again when a proxy answers with a page of its own', async () => {
    gitea.willDo(async () => {
      throw new ServiceError('Gitea answered with a page', {
        kind: 'unexpected-response',
        service: 'Gitea',
      });
    });
    const { engine, finished } = await start();
    const { run } = await engine.provisioning.onboard(bob, bySelf);
    expect(await finished(run.id)).toMatchObject({ state: 'succeeded' });
  });

  it('takes a database that was away for no failure of the service', async () => {
    const { engine, database, finished } = await start();
    gitea.willDo(async () => {
      jest
        .spyOn(database.attempts, 'succeed')
        .mockRejectedValueOnce(new Error('Connection terminated unexpectedly'));
    });
    const { run } = await engine.provisioning.onboard(bob, bySelf);
    expect(await finished(run.id)).toMatchObject({
      state: 'succeeded',
      steps: [{ service: 'gitea', attempts: 2 }, { service: 'twenty' }],
    });
    expect(gitea.accounts.size).toBe(1);
  });

  it('fails at once when a service refuses, and completes on retry', async () => {
    const { engine, finished } = await start();
    gitea.willDo(refused);
    const { run } = await engine.provisioning.onboard(bob, bySelf);
    expect(await finished(run.id)).toMatchObject({
      state: 'failed',
      steps: [{ state: 'failed', attempts: 1 }, { state: 'succeeded' }],
    });

    await engine.provisioning.retry(run.id, 'user:default/bob', bob);
    expect(await finished(run.id)).toMatchObject({
      state: 'succeeded',
      steps: [{ outcome: 'created' }, { outcome: 'created' }],
    });
    expect(twenty.calls).toBe(1);
    await expect(
      engine.provisioning.retry(run.id, 'user:default/bob', bob),
    ).rejects.toThrow('The run has succeeded; there is nothing to retry');
  });

  it('goes on with a cancelled run where it was, and leaves what was done', async () => {
    const { engine, database, finished } = await start();
    twenty.willDo(unavailable(60_000));
    const { run } = await engine.provisioning.onboard(bob, bySelf);
    await eventually(async () => {
      const { steps } = (await database.runs.find(run.id))!;
      return steps[0].state === 'succeeded' && steps[1].state === 'waiting';
    });
    await engine.provisioning.cancel(run.id, 'user:default/bob');
    expect(await database.runs.find(run.id)).toMatchObject({
      state: 'cancelled',
      steps: [{ state: 'succeeded' }, { state: 'cancelled' }],
    });

    await engine.provisioning.resume(run.id, 'user:default/bob', bob);
    expect(await finished(run.id)).toMatchObject({
      state: 'succeeded',
      steps: [{ outcome: 'created' }, { outcome: 'created' }],
    });
    expect(gitea.calls).toBe(1);
    const events = await database.events.listOf(run.id, {
      after: '0',
      limit: 100,
    });
    expect(events.map(({ type }) => type)).toContain('run.resumed');
  });

  it('resumes only what was cancelled', async () => {
    const { engine, finished } = await start();
    gitea.willDo(refused);
    const { run } = await engine.provisioning.onboard(bob, bySelf);
    await finished(run.id);
    await expect(
      engine.provisioning.resume(run.id, 'user:default/bob', bob),
    ).rejects.toThrow(
      'The run was not cancelled but has failed. Retry it instead',
    );
  });

  it('leaves an account that works as it is when its service is away', async () => {
    const { engine, finished, database } = await start([gitea]);
    const first = await engine.provisioning.onboard(bob, bySelf);
    await finished(first.run.id);
    gitea.willDo(unavailable(), unavailable(), unavailable());
    const second = await engine.provisioning.onboard(bob, bySelf);
    expect((await finished(second.run.id)).state).toBe('failed');

    const met = await database.persons.findByUserRef('user:default/bob');
    expect(await database.accounts.listOf(met!.id)).toMatchObject([
      { state: 'active', message: expect.stringContaining('not running') },
    ]);
  });

  it('records why a person without an organisation gets nothing', async () => {
    const { engine } = await start();
    const { run } = await engine.provisioning.onboard(
      {
        person: personNamed('bob', { organisation: '' }),
        enabled: true,
        refusal: 'bob does not belong to an organisation',
      },
      bySelf,
    );
    expect(run).toMatchObject({
      state: 'failed',
      message: 'bob does not belong to an organisation',
      steps: [],
    });
    expect(gitea.calls).toBe(0);

    const retried = await engine.provisioning.retry(run.id, 'admin', bob);
    expect(retried.steps).toHaveLength(2);
  });

  it('does not give the name of somebody who is still there to somebody else', async () => {
    const { engine } = await start();
    await engine.provisioning.onboard(bob, bySelf);
    await expect(
      engine.provisioning.onboard(
        { person: personNamed('bob', { subject: 'another' }), enabled: true },
        bySelf,
      ),
    ).rejects.toThrow('belongs to another person of the identity provider');
  });

  it('goes on where a stopped process left off', async () => {
    const first = await start();
    gitea.willDo(
      (_person, { signal }) =>
        new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => reject(signal.reason));
        }),
    );
    const { run } = await first.engine.provisioning.onboard(bob, bySelf);
    await eventually(async () => gitea.calls === 1);
    engines.splice(engines.indexOf(first), 1);
    await first.stop();

    const second = await start();
    expect(await second.finished(run.id)).toMatchObject({
      state: 'succeeded',
      steps: [{ service: 'gitea', attempts: 1, outcome: 'created' }, {}],
    });
  });

  it('takes over from a process that died without a word', async () => {
    const first = await start();
    const second = await start();
    let calls = 0;
    const hang = async () => {
      calls += 1;
      if (calls === 1) await new Promise(() => undefined);
    };
    gitea.willDo(hang, hang);
    const { run } = await first.engine.provisioning.onboard(bob, bySelf);
    await eventually(async () => gitea.calls === 1);
    // What is left of a killed process: locked jobs, and a heartbeat of long ago.
    await second.knex.raw(`
      create function stop_heartbeat() returns trigger language plpgsql as
      $$ begin return null; end $$;
      create trigger stop_heartbeat before update on queue_processes
      for each row execute function stop_heartbeat();
    `);
    expect((await second.finished(run.id)).state).toBe('succeeded');
    expect(gitea.accounts.size).toBe(1);
  });
});
