import { schedulerServiceFactory } from '@backstage/backend-defaults/scheduler';
import request from 'supertest';
import { eventually } from '../__testUtils__/eventually';
import { TestPlugin } from '../__testUtils__/TestPlugin';

jest.setTimeout(120_000);

const HOUR_MS = 60 * 60_000;

describe('the scheduled reconciliation', () => {
  let first: TestPlugin;
  let second: TestPlugin;

  /** A process with Backstage's own scheduler. */
  const start = (beside?: TestPlugin) =>
    TestPlugin.start(undefined, undefined, {
      beside,
      features: [schedulerServiceFactory],
      settings: {
        reconcile: {
          schedule: {
            frequency: { hours: 2 },
            timeout: { minutes: 5 },
            initialDelay: { seconds: 0 },
          },
        },
        notifications: { admins: ['group:default/platform-admins'] },
      },
    });

  beforeAll(async () => {
    first = await start();
    second = await start(first);
  });
  afterAll(async () => {
    await second?.stop();
    await first?.stop();
  });

  const ended = (count: number) =>
    eventually(async () => {
      const rows = await first
        .knex('reconciliations')
        .where({ state: 'succeeded' })
        .orderBy('created_at');
      return rows.length >= count && rows;
    });

  const trigger = (plugin: TestPlugin) =>
    eventually(async () => {
      const { status } = await request(plugin.backend.server).post(
        '/api/provisioning/.backstage/scheduler/v1/tasks/reconcile/trigger',
      );
      return status === 200;
    });

  /** Somebody makes an account in Gitea by hand. */
  const makeByHand = (externalId: string) => {
    for (const { gitea } of [first, second]) {
      gitea.strangers.push({
        externalId,
        username: `stranger-${externalId}`,
        state: 'active',
      });
    }
  };

  it('compares when it is due, in one of two processes, and changes nothing', async () => {
    await ended(1);
    const [task] = await first
      .knex('backstage_backend_tasks__tasks')
      .where({ id: 'reconcile' });
    // Both processes look here, so that neither begins before.
    expect(task.next_run_start_at.getTime()).toBeGreaterThan(
      Date.now() + HOUR_MS,
    );
    expect(await first.knex('reconciliations')).toMatchObject([
      { requested_by: 'provisioning', state: 'succeeded' },
    ]);
    expect(await first.count('runs')).toBe(0);
    expect([...first.gitea.blocked, ...second.gitea.blocked]).toEqual([]);
  });

  it('tells administrators what is new, and not again what they were told', async () => {
    const sent = () => [...first.sent, ...second.sent];
    makeByHand('1');
    await trigger(second);
    await ended(2);
    await eventually(async () => sent().length === 1);
    expect(sent()[0]).toMatchObject({
      recipients: { entityRef: ['group:default/platform-admins'] },
      payload: {
        title: '1 account is not what it should be',
        link: '/provisioning/drift',
      },
    });
    await trigger(first);
    await ended(3);
    makeByHand('2');
    await trigger(second);
    await ended(4);
    await eventually(async () => sent().length >= 2);
    expect(sent().map(({ payload }) => payload.title)).toEqual([
      '1 account is not what it should be',
      '1 account is not what it should be',
    ]);
    expect(sent()[1].payload.description).toContain('2 in all');
  });
});
