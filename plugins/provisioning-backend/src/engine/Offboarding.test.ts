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

jest.setTimeout(60_000);

const bob = { person: personNamed('bob'), enabled: true };
const byAdmin = {
  source: 'admin' as const,
  requestedBy: 'user:default/priya',
};
const leaving = { ...byAdmin, reason: 'Moved to another company' };

describe('Offboarding', () => {
  let postgres: TestPostgres;
  let gitea: FakeConnector;
  let twenty: FakeConnector;
  let test: TestEngine;

  beforeAll(async () => {
    postgres = await startTestPostgres();
  });
  afterAll(async () => {
    await postgres.stop();
  });
  beforeEach(async () => {
    gitea = new FakeConnector('gitea');
    twenty = new FakeConnector('twenty');
    test = await startTestEngine({
      postgres,
      databaseName: await createTestDatabase(postgres),
      connectors: [gitea, twenty],
    });
  });
  afterEach(async () => {
    await test.stop();
  });

  async function onboarded() {
    const { run } = await test.engine.provisioning.onboard(bob, byAdmin);
    await test.finished(run.id);
    return (await stored()).id;
  }

  async function stored() {
    const met = await test.database.persons.findByUserRef('user:default/bob');
    return met!;
  }

  async function states() {
    const accounts = await test.database.accounts.listOf((await stored()).id);
    return accounts.map(({ state }) => state);
  }

  it('suspends every account, and says why and since when', async () => {
    const id = await onboarded();
    const { run } = await test.engine.offboarding.suspend(id, leaving);
    expect(await test.finished(run.id)).toMatchObject({
      kind: 'suspend',
      state: 'succeeded',
      message: 'Moved to another company',
      steps: [{ outcome: 'suspended' }, { outcome: 'suspended' }],
    });
    expect(await states()).toEqual(['suspended', 'suspended']);
    expect((await stored()).lifecycle).toMatchObject({
      state: 'suspended',
      reason: 'Moved to another company',
      since: expect.any(String),
      removeAfter: undefined,
    });
  });

  it('prepares nothing for somebody who is suspended', async () => {
    const id = await onboarded();
    await test.engine.offboarding.suspend(id, leaving);
    await expect(
      test.engine.provisioning.onboard(bob, byAdmin),
    ).rejects.toThrow(
      'The accounts of bob are suspended (Moved to another company). An administrator can restore them',
    );
  });

  it('restores what was suspended, and carries over what changed meanwhile', async () => {
    const id = await onboarded();
    const suspended = await test.engine.offboarding.suspend(id, leaving);
    await test.finished(suspended.run.id);

    const { run } = await test.engine.offboarding.restore(id, leaving);
    expect(await test.finished(run.id)).toMatchObject({
      state: 'succeeded',
      steps: [{ outcome: 'restored' }, { outcome: 'restored' }],
    });
    expect(await states()).toEqual(['active', 'active']);
    expect((await stored()).lifecycle).toMatchObject({ state: 'active' });
  });

  it('removes only what was suspended before', async () => {
    const id = await onboarded();
    await expect(test.engine.offboarding.remove(id, leaving)).rejects.toThrow(
      'are in use. Suspend them first',
    );

    const suspended = await test.engine.offboarding.suspend(id, leaving);
    await test.finished(suspended.run.id);
    const { run } = await test.engine.offboarding.remove(id, leaving);
    expect((await test.finished(run.id)).state).toBe('succeeded');
    expect(await states()).toEqual(['removed', 'removed']);
    expect([gitea.accounts.size, twenty.accounts.size]).toEqual([0, 0]);
  });

  it('makes new accounts for somebody who was removed only when an administrator wants it', async () => {
    const id = await onboarded();
    const suspended = await test.engine.offboarding.suspend(id, leaving);
    await test.finished(suspended.run.id);
    const removed = await test.engine.offboarding.remove(id, leaving);
    await test.finished(removed.run.id);

    await expect(
      test.engine.provisioning.onboard(bob, {
        source: 'self',
        requestedBy: 'user:default/bob',
      }),
    ).rejects.toThrow('An administrator can prepare new ones');
    const { run } = await test.engine.provisioning.onboard(bob, {
      ...byAdmin,
      mayReturn: true,
    });
    expect((await test.finished(run.id)).steps).toMatchObject([
      { outcome: 'created' },
      { outcome: 'created' },
    ]);
  });

  it('joins a suspension that is under way', async () => {
    const id = await onboarded();
    let release: () => void = () => undefined;
    gitea.willDo(
      () =>
        new Promise<void>(resolve => {
          release = resolve;
        }),
    );
    const first = await test.engine.offboarding.suspend(id, leaving);
    const second = await test.engine.offboarding.suspend(id, leaving);
    expect(second).toMatchObject({ joined: true, run: { id: first.run.id } });
    await eventually(async () => gitea.calls === 2);
    release();
    await test.finished(first.run.id);
  });

  it('ends a preparation that is under way, and waits until the service has answered', async () => {
    const order: string[] = [];
    let answer: () => void = () => undefined;
    gitea.willDo(
      () =>
        new Promise<void>(resolve => {
          answer = () => {
            order.push('made');
            resolve();
          };
        }),
      async () => {
        order.push('suspended');
      },
    );
    twenty.willDo(async () => {
      throw new ServiceError('Twenty is not running', {
        kind: 'unavailable',
        service: 'Twenty',
        retryAfterMs: 60_000,
      });
    });
    const preparing = await test.engine.provisioning.onboard(bob, byAdmin);
    await eventually(async () => {
      const run = await test.database.runs.find(preparing.run.id);
      return (
        run?.steps[0].state === 'running' && run.steps[1].state === 'waiting'
      );
    });

    const { run } = await test.engine.offboarding.suspend(
      (
        await stored()
      ).id,
      leaving,
    );
    expect(await test.database.runs.find(preparing.run.id)).toMatchObject({
      state: 'cancelled',
      message: 'Gave way to: suspend bob',
      steps: [{ state: 'running' }, { state: 'cancelled' }],
    });
    answer();
    expect((await test.finished(run.id)).state).toBe('succeeded');
    expect(order).toEqual(['made', 'suspended']);
    expect(await states()).toEqual(['suspended', 'removed']);
    expect(await test.database.runs.find(preparing.run.id)).toMatchObject({
      state: 'cancelled',
      steps: [{ state: 'succeeded' }, { state: 'cancelled' }],
    });
  });

  it('keeps a suspension that failed in one service open to a retry', async () => {
    const id = await onboarded();
    gitea.willDo(async () => {
      throw new ServiceError('Gitea may not block bob', {
        kind: 'forbidden',
        service: 'Gitea',
      });
    });
    const { run } = await test.engine.offboarding.suspend(id, leaving);
    expect(await test.finished(run.id)).toMatchObject({
      state: 'failed',
      steps: [{ message: 'Gitea may not block bob' }, { outcome: 'suspended' }],
    });
    // The account works until it is known to be blocked.
    expect(await states()).toEqual(['active', 'suspended']);

    await test.engine.provisioning.retry(run.id, 'user:default/priya');
    expect((await test.finished(run.id)).state).toBe('succeeded');
    expect(await states()).toEqual(['suspended', 'suspended']);
  });

  it('does not carry out a suspension again for somebody who is back', async () => {
    const id = await onboarded();
    gitea.willDo(async () => {
      throw new ServiceError('Gitea may not block bob', {
        kind: 'forbidden',
        service: 'Gitea',
      });
    });
    const { run } = await test.engine.offboarding.suspend(id, leaving);
    await test.finished(run.id);
    const restored = await test.engine.offboarding.restore(id, leaving);
    await test.finished(restored.run.id);
    await expect(
      test.engine.provisioning.retry(run.id, 'user:default/priya'),
    ).rejects.toThrow('bob is active by now');
  });

  it('cancels a run: what waits is not done, and a retry does it after all', async () => {
    twenty.willDo(async () => {
      throw new ServiceError('Twenty is not running', {
        kind: 'unavailable',
        service: 'Twenty',
        retryAfterMs: 60_000,
      });
    });
    const { run } = await test.engine.provisioning.onboard(bob, byAdmin);
    await eventually(async () => {
      const now = await test.database.runs.find(run.id);
      return now?.steps[1].state === 'waiting';
    });
    const cancelled = await test.engine.provisioning.cancel(run.id, 'priya');
    expect(cancelled).toMatchObject({
      state: 'cancelled',
      message: 'Cancelled by priya',
      steps: [{}, { state: 'cancelled' }],
    });
    await expect(
      test.engine.provisioning.cancel(run.id, 'priya'),
    ).rejects.toThrow('The run has ended already');

    await test.engine.provisioning.retry(run.id, 'priya', bob);
    expect((await test.finished(run.id)).state).toBe('succeeded');
  });
});
