import { randomUUID } from 'node:crypto';
import { mockServices } from '@backstage/backend-test-utils';
import { SignalPayload } from '@backstage/plugin-signals-node';
import { ServiceError } from '@formulary/service-client-node';
import { eventually } from '../__testUtils__/eventually';
import { FakeConnector } from '../__testUtils__/FakeConnector';
import { personNamed } from '../__testUtils__/people';
import {
  createTestDatabase,
  startTestEngine,
  TestEngine,
} from '../__testUtils__/startTestEngine';
import {
  startTestPostgres,
  TestPostgres,
} from '@formulary/postgres-test-utils';
import { RunChange } from './RunChange';
import { RunObservers } from './RunObservers';
import { RunSignals } from './RunSignals';

jest.setTimeout(60_000);

const ADMINS = 'group:default/platform-admins';
const person = (name: string) => ({ person: personNamed(name), enabled: true });
const bySelf = { source: 'self' as const, requestedBy: 'user:default/bob' };

describe('What listeners are told', () => {
  let postgres: TestPostgres;
  let gitea: FakeConnector;
  let observers: RunObservers;
  let test: TestEngine;
  let told: RunChange[];

  beforeAll(async () => {
    postgres = await startTestPostgres();
  });
  afterAll(async () => {
    await postgres.stop();
  });
  beforeEach(async () => {
    gitea = new FakeConnector('gitea');
    observers = new RunObservers(mockServices.logger.mock());
    told = [];
    test = await startTestEngine({
      postgres,
      databaseName: await createTestDatabase(postgres),
      connectors: [gitea],
      databaseOptions: { observers },
    });
    observers.add({
      changed() {
        throw new Error('a listener that always fails');
      },
    });
    observers.add({
      changed(change) {
        told.push(change);
      },
    });
  });
  afterEach(async () => {
    await test.stop();
  });

  it('is the whole course of a run, whatever another listener does', async () => {
    gitea.willDo(async () => {
      throw new ServiceError('Gitea is not running', {
        kind: 'unavailable',
        service: 'Gitea',
      });
    });
    const { run } = await test.engine.provisioning.onboard(
      person('bob'),
      bySelf,
    );
    expect((await test.finished(run.id)).state).toBe('succeeded');
    await eventually(async () => told.length === 6);
    const about = { runId: run.id, kind: 'onboard' };
    expect(told).toMatchObject([
      { ...about, type: 'run.created', source: 'self' },
      { ...about, type: 'attempt.began', service: 'gitea' },
      {
        ...about,
        type: 'attempt.ended',
        result: 'waiting',
        errorKind: 'unavailable',
        durationMs: expect.any(Number),
      },
      { ...about, type: 'attempt.began', service: 'gitea' },
      {
        ...about,
        type: 'attempt.ended',
        result: 'succeeded',
        outcome: 'created',
      },
      { ...about, type: 'run.ended', state: 'succeeded' },
    ]);
  });

  it('has been committed, and is nothing when it was rolled back', async () => {
    const seen: Array<string | undefined> = [];
    observers.add({
      async changed(change) {
        if (change.type !== 'run.created') return;
        seen.push((await test.database.runs.find(change.runId))?.id);
      },
    });
    const { run } = await test.engine.provisioning.onboard(
      person('bob'),
      bySelf,
    );
    await eventually(async () => seen.length > 0);
    expect(seen).toEqual([run.id]);

    await test.finished(run.id);
    const before = told.filter(({ type }) => type === 'run.created').length;
    const { id } = (await test.database.persons.findByUserRef(
      'user:default/bob',
    ))!;
    await expect(
      test.database.transaction(async stores => {
        await stores.runs.create({ kind: 'onboard', personId: id, ...bySelf });
        throw new Error('rolled back');
      }),
    ).rejects.toThrow('rolled back');
    expect(told.filter(({ type }) => type === 'run.created')).toHaveLength(
      before,
    );
  });

  it('is a delivery that came and what became of it', async () => {
    const delivery = {
      id: randomUUID(),
      source: 'keycloak',
      deliveryId: '1',
      type: 'access.REGISTER',
      payload: {},
      state: 'stored' as const,
    };
    const again = { ...delivery, id: randomUUID() };
    await test.database.deliveries.add([delivery, again]);
    await test.database.deliveries.add([again]);
    await test.database.deliveries.finish(delivery.id, { state: 'processed' });
    expect(told).toEqual([
      { type: 'delivery.received', source: 'keycloak', state: 'stored' },
      { type: 'delivery.ended', source: 'keycloak', state: 'processed' },
    ]);
  });

  describe('through signals', () => {
    function listen(admins: string[]) {
      const published: SignalPayload[] = [];
      observers.add(
        new RunSignals({
          signals: {
            async publish(signal) {
              published.push(signal);
            },
          },
          database: test.database,
          admins,
        }),
      );
      return published;
    }

    it('reaches the person and the administrators, and nobody else', async () => {
      const published = listen([ADMINS]);
      const runs = await Promise.all(
        ['bob', 'carol'].map(name =>
          test.engine.provisioning.onboard(person(name), bySelf),
        ),
      );
      await Promise.all(runs.map(({ run }) => test.finished(run.id)));
      await eventually(async () =>
        runs.every(({ run }) =>
          published.some(({ message }) => message.runId === run.id),
        ),
      );
      expect(published.length).toBeGreaterThan(0);
      for (const { message, ...envelope } of published) {
        const own =
          message.runId === runs[0].run.id
            ? 'user:default/bob'
            : 'user:default/carol';
        expect(message).toEqual({ runId: expect.any(String), userRef: own });
        expect(envelope).toEqual({
          channel: 'provisioning:runs',
          recipients: { type: 'user', entityRef: [own, ADMINS] },
        });
      }
    });

    it('reaches only the person when there are no administrators, and nobody in the place of one who gave up their ref', async () => {
      const published = listen([]);
      const { run } = await test.engine.provisioning.onboard(
        person('bob'),
        bySelf,
      );
      await test.finished(run.id);
      await eventually(async () => published.length > 0);
      expect(published[0].recipients).toEqual({
        type: 'user',
        entityRef: ['user:default/bob'],
      });

      const { id } = (await test.database.persons.findByUserRef(
        'user:default/bob',
      ))!;
      await test.database.persons.releaseUserRef(id);
      const seen = published.length;
      const signals = listen([]);
      observers.tell({
        type: 'run.reopened',
        runId: run.id,
        personId: id,
        kind: 'onboard',
      });
      await test.database.persons.get(id);
      expect([published.length, signals.length]).toEqual([seen, 0]);
    });
  });
});
