import { mockServices } from '@backstage/backend-test-utils';
import { Announcer } from './announcing/Announcer';
import { ApprovalsDatabase } from './database/ApprovalsDatabase';
import { Housekeeping } from './Housekeeping';
import { TestPlugin } from './__testUtils__/TestPlugin';

let plugin: TestPlugin;
let housekeeping: Housekeeping;
const send = jest.fn(async (_notification: object) => undefined);

beforeAll(async () => {
  plugin = await TestPlugin.start({
    rules: [
      {
        name: 'all',
        approvers: { users: ['user:default/alice'] },
        reminder: { hours: 1 },
      },
    ],
  });
  housekeeping = new Housekeeping({
    database: await ApprovalsDatabase.create(plugin.knex, {
      skipMigrations: true,
    }),
    announcer: new Announcer({
      notifications: { send },
      signals: { publish: async () => undefined },
      logger: mockServices.logger.mock(),
    }),
  });
}, 60_000);
afterEach(async () => {
  send.mockClear();
  await plugin.reset();
});
afterAll(() => plugin.stop());

describe('Housekeeping', () => {
  it('lets requests run out once, and tells the requester', async () => {
    const { approval } = await plugin.asked('bob');
    await plugin.runOut(approval.id);
    await Promise.all([housekeeping.run(), housekeeping.run()]);
    expect(send).toHaveBeenCalledTimes(1);
    expect(send).toHaveBeenCalledWith(
      expect.objectContaining({
        recipients: { type: 'entity', entityRef: 'user:default/bob' },
        payload: expect.objectContaining({ title: 'Expired: Research' }),
      }),
    );
    const { state, history } = await plugin.seen(approval.id, 'bob');
    expect(state).toBe('expired');
    expect(history.map(({ type }) => type)).toEqual([
      'request.created',
      'request.expired',
    ]);
  });

  it('reminds once an interval of what is pending', async () => {
    const { approval } = await plugin.asked('bob');
    await housekeeping.run();
    expect(send).not.toHaveBeenCalled();
    await plugin
      .knex('requests')
      .update({ remind_at: plugin.knex.raw('now()') });
    await housekeeping.run();
    await housekeeping.run();
    expect(send).toHaveBeenCalledTimes(1);
    expect(send).toHaveBeenCalledWith(
      expect.objectContaining({
        recipients: expect.objectContaining({
          entityRef: ['user:default/alice'],
        }),
      }),
    );
    await plugin.decide(approval.id, 'alice').expect(200);
    await plugin
      .knex('requests')
      .update({ remind_at: plugin.knex.raw('now()') });
    await housekeeping.run();
    expect(send).toHaveBeenCalledTimes(1);
  });
});
