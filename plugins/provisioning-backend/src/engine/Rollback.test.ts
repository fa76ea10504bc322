import { Run } from '@formulary/plugin-provisioning-common';
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
const subject = bob.person.subject;
const byAdmin = {
  source: 'admin' as const,
  requestedBy: 'user:default/priya',
};

async function refused() {
  throw new ServiceError('Twenty could not create bob: the name is reserved', {
    kind: 'validation',
    service: 'Twenty',
  });
}

async function away() {
  throw new ServiceError('Gitea is not running', {
    kind: 'unavailable',
    service: 'Gitea',
  });
}

describe('Rollback', () => {
  let postgres: TestPostgres;
  let coder: FakeConnector;
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
    coder = new FakeConnector('coder');
    gitea = new FakeConnector('gitea');
    twenty = new FakeConnector('twenty');
    test = await startTestEngine({
      postgres,
      databaseName: await createTestDatabase(postgres),
      connectors: [coder, gitea, twenty],
    });
  });
  afterEach(async () => {
    await test.stop();
  });

  async function onboard(services?: string[]): Promise<Run> {
    const { run } = await test.engine.provisioning.onboard(bob, {
      ...byAdmin,
      services,
    });
    return test.finished(run.id);
  }

  /** A run that made accounts in Coder and then in Gitea, and failed in Twenty. */
  async function failedRun(): Promise<Run> {
    let coderIsDone = () => {};
    const afterCoder = new Promise<void>(resolve => {
      coderIsDone = resolve;
    });
    gitea.willDo(async () => {
      await eventually(async () => coder.accounts.size === 1);
      await afterCoder;
    });
    twenty.willDo(refused);
    const { run } = await test.engine.provisioning.onboard(bob, byAdmin);
    await eventually(async () => {
      const now = await test.database.runs.find(run.id);
      return now?.steps[0].state === 'succeeded';
    });
    coderIsDone();
    return test.finished(run.id);
  }

  async function accounts() {
    const met = await test.database.persons.findByUserRef('user:default/bob');
    return test.database.accounts.listOf(met!.id);
  }

  const rollBack = (run: Run) => test.engine.rollback.begin(run.id, byAdmin);

  it('removes what the run has made, the newest first, and says so of the accounts', async () => {
    const run = await failedRun();
    const order: string[] = [];
    coder.willDo(async () => {
      order.push('coder');
    });
    gitea.willDo(async () => {
      order.push('gitea');
    });
    expect(await test.engine.rollback.preview(run.id)).toEqual({
      accounts: [
        expect.objectContaining({ service: 'gitea', username: 'bob' }),
        expect.objectContaining({ service: 'coder', username: 'bob' }),
      ],
    });

    const rollback = await rollBack(run);
    expect(rollback).toMatchObject({
      kind: 'rollback',
      rollsBack: run.id,
      requestedBy: 'user:default/priya',
    });
    expect(await test.finished(rollback.id)).toMatchObject({
      state: 'succeeded',
      steps: [
        { service: 'gitea', outcome: 'removed' },
        { service: 'coder', outcome: 'removed' },
      ],
    });
    expect(order).toEqual(['gitea', 'coder']);
    expect([coder.accounts.size, gitea.accounts.size]).toEqual([0, 0]);
    expect(await accounts()).toMatchObject([
      { service: 'coder', state: 'removed' },
      {
        service: 'gitea',
        state: 'removed',
        message: 'Removed again: the run that made it was rolled back',
      },
      { service: 'twenty', state: 'failed' },
    ]);
    expect(await test.database.runs.find(run.id)).toMatchObject({
      state: 'failed',
      rolledBackBy: rollback.id,
    });
    const events = await test.database.events.listOf(rollback.id, {
      after: '0',
      limit: 100,
    });
    expect(events.map(({ type }) => type)).toEqual([
      'run.created',
      'step.started',
      'step.succeeded',
      'step.started',
      'step.succeeded',
      'run.succeeded',
    ]);
  });

  it('never removes an account that was there before', async () => {
    const earlier = await onboard(['gitea']);
    expect(earlier.steps).toMatchObject([{ outcome: 'created' }]);
    twenty.willDo(refused);
    const run = await onboard();
    const rollback = await rollBack(run);
    expect(await test.finished(rollback.id)).toMatchObject({
      steps: [{ service: 'coder', outcome: 'removed' }],
    });
    expect(gitea.accounts.size).toBe(1);
    expect(gitea.removals).toEqual([]);
  });

  it('refuses when the run has made nothing', async () => {
    await onboard(['coder', 'gitea']);
    twenty.willDo(refused);
    const run = await onboard();
    await expect(rollBack(run)).rejects.toThrow(
      'The run has made no account, so there is nothing to roll back',
    );
  });

  it('refuses while the run is under way, and takes back a cancelled one', async () => {
    twenty.willDo(async () => {
      throw new ServiceError('Twenty is busy', {
        kind: 'rate-limited',
        service: 'Twenty',
        retryAfterMs: 60_000,
      });
    });
    const { run } = await test.engine.provisioning.onboard(bob, byAdmin);
    await eventually(async () => {
      const { steps } = (await test.database.runs.find(run.id))!;
      return (
        steps.filter(({ state }) => state === 'succeeded').length === 2 &&
        steps[2].state === 'waiting'
      );
    });
    await expect(rollBack(run)).rejects.toThrow('under way. Cancel it first');
    await test.engine.provisioning.cancel(run.id, 'user:default/priya');
    const rollback = await rollBack(run);
    expect((await test.finished(rollback.id)).steps).toHaveLength(2);
    expect([coder.accounts.size, gitea.accounts.size]).toEqual([0, 0]);
  });

  it.each([
    ['has succeeded', async () => onboard(), 'The run has succeeded'],
    [
      'is not one that makes accounts',
      async () => {
        await onboard();
        const [met] = await test.database.persons.listAfter(undefined, 1);
        const { run } = await test.engine.offboarding.suspend(met.id, {
          ...byAdmin,
          reason: 'On leave',
        });
        return test.finished(run.id);
      },
      'Only a run that prepares accounts can be rolled back',
    ],
    [
      'was rolled back already',
      async () => {
        const run = await failedRun();
        await test.finished((await rollBack(run)).id);
        return run;
      },
      'The run was rolled back already',
    ],
  ])('refuses when the run %s', async (_what, begin, message) => {
    const run = await begin();
    const before = [coder.removals.length, gitea.removals.length];
    await expect(rollBack(run)).rejects.toThrow(message);
    expect([coder.removals.length, gitea.removals.length]).toEqual(before);
  });

  it('refuses when a later run has looked after the account', async () => {
    const run = await failedRun();
    const later = await onboard(['gitea']);
    await expect(rollBack(run)).rejects.toThrow(
      `A later run (${later.id}) has looked after the account of bob in gitea`,
    );
    expect([coder.removals, gitea.removals]).toEqual([[], []]);
  });

  it('refuses as a whole when an account was used', async () => {
    const run = await failedRun();
    coder.used.set(subject, "Coder's account bob has workspaces: web-shop");
    expect(await test.engine.rollback.preview(run.id)).toMatchObject({
      accounts: [{}, { obstacle: expect.stringContaining('web-shop') }],
    });
    await expect(rollBack(run)).rejects.toThrow(
      "Coder's account bob has workspaces: web-shop. Nothing was removed",
    );
    expect([coder.removals, gitea.removals]).toEqual([[], []]);
  });

  it('keeps an account that is used at the last moment, and goes on with the others', async () => {
    const run = await failedRun();
    gitea.willDo(async () => {
      coder.used.set(subject, "Coder's account bob has workspaces: web-shop");
    });
    const rollback = await rollBack(run);
    expect(await test.finished(rollback.id)).toMatchObject({
      state: 'failed',
      steps: [
        { service: 'gitea', state: 'succeeded' },
        {
          service: 'coder',
          state: 'failed',
          message: expect.stringContaining('web-shop. It is left as it is'),
        },
      ],
    });
    expect([coder.accounts.size, coder.removals]).toEqual([1, []]);
    expect(await accounts()).toMatchObject([{ state: 'active' }, {}, {}]);
  });

  it('keeps an account that has taken the place of the one that was made', async () => {
    const run = await failedRun();
    const made = gitea.accounts.get(subject)!;
    gitea.accounts.set(subject, { ...made, externalId: 'another' });
    const rollback = await rollBack(run);
    expect((await test.finished(rollback.id)).steps[0]).toMatchObject({
      state: 'failed',
      message: expect.stringContaining('another account of bob by now'),
    });
    expect(gitea.removals).toEqual([]);
  });

  it('is tried again like every run, and by hand after that', async () => {
    const run = await failedRun();
    gitea.willDo(away, away, away);
    const rollback = await rollBack(run);
    expect(await test.finished(rollback.id)).toMatchObject({
      state: 'failed',
      steps: [{ state: 'failed', attempts: 3 }, { state: 'succeeded' }],
    });
    await expect(rollBack(run)).rejects.toThrow('go on with that one');
    await test.engine.provisioning.retry(rollback.id, 'user:default/priya');
    expect((await test.finished(rollback.id)).state).toBe('succeeded');
    expect([coder.accounts.size, gitea.accounts.size]).toEqual([0, 0]);
    expect([coder.removals.length, gitea.removals.length]).toEqual([1, 1]);
  });

  it('does not go on once the accounts are looked after again', async () => {
    const run = await failedRun();
    gitea.willDo(away, away, away);
    const rollback = await rollBack(run);
    await test.finished(rollback.id);
    await onboard();
    await expect(
      test.engine.provisioning.retry(rollback.id, 'user:default/priya'),
    ).rejects.toThrow('has looked after the account of bob in');
    expect(gitea.accounts.size).toBe(1);
  });

  it('leaves the person free to begin anew, and the run not to be retried', async () => {
    const run = await failedRun();
    await test.finished((await rollBack(run)).id);
    await expect(
      test.engine.provisioning.retry(run.id, 'user:default/priya', bob),
    ).rejects.toThrow('Prepare the accounts of bob anew instead');
    expect(await onboard()).toMatchObject({
      state: 'succeeded',
      steps: [
        { outcome: 'created' },
        { outcome: 'created' },
        { outcome: 'created' },
      ],
    });
  });

  it('has an account back that the service kept blocked', async () => {
    gitea.keepsRemoved = true;
    const run = await failedRun();
    await test.finished((await rollBack(run)).id);
    expect(gitea.accounts.get(subject)).toMatchObject({ state: 'suspended' });
    expect(await onboard(['gitea'])).toMatchObject({
      state: 'succeeded',
      steps: [{ outcome: 'restored' }],
    });
    expect(gitea.accounts.get(subject)).toMatchObject({ state: 'active' });
  });

  it('is not joined by a wish for accounts', async () => {
    const run = await failedRun();
    let release = () => {};
    const released = new Promise<void>(resolve => {
      release = resolve;
    });
    gitea.willDo(() => released);
    const rollback = await rollBack(run);
    await expect(
      test.engine.provisioning.onboard(bob, byAdmin),
    ).rejects.toThrow('Accounts of bob are being removed');
    release();
    expect((await test.finished(rollback.id)).state).toBe('succeeded');
  });
});
