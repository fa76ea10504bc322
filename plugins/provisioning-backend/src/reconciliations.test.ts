import { Reconciliation } from '@formulary/plugin-provisioning-common';
import { eventually } from './__testUtils__/eventually';
import { TestPlugin } from './__testUtils__/TestPlugin';

jest.setTimeout(60_000);

const unknown = '/reconciliations/00000000-0000-4000-8000-000000000000';

describe('reconciliations', () => {
  let plugin: TestPlugin;

  beforeAll(async () => {
    plugin = await TestPlugin.start();
  });
  afterAll(async () => {
    await plugin?.stop();
  });
  beforeEach(async () => {
    await plugin.reset();
  });

  async function ended(id: string): Promise<Reconciliation> {
    return eventually(async () => {
      const { body } = await plugin.call(
        'get',
        `/reconciliations/${id}`,
        'priya',
      );
      return body.state !== 'running' && body;
    });
  }

  it('are begun, read and applied by an administrator', async () => {
    const { body } = await plugin.call('post', '/me/runs', 'bob', {});
    await plugin.finished(body.run);
    plugin.gitea.accounts.clear();

    const started = await plugin.call('post', '/reconciliations', 'priya');
    expect(started.status).toBe(201);
    const { id } = started.body;
    expect(await ended(id)).toMatchObject({
      requestedBy: 'user:default/priya',
      drifts: [{ kind: 'missing', state: 'open', count: 1 }],
    });
    const path = `/reconciliations/${id}`;
    const listed = await plugin.call(
      'get',
      `${path}/drifts?kind=missing&service=gitea&limit=5&offset=0`,
      'priya',
    );
    expect(listed.body).toMatchObject({
      totalItems: 1,
      items: [{ userRef: 'user:default/bob', kind: 'missing' }],
    });
    const none = await plugin.call(
      'get',
      `${path}/drifts?kind=renamed`,
      'priya',
    );
    expect(none.body).toEqual({ items: [], totalItems: 0 });

    const applied = await plugin.call('post', `${path}/apply`, 'priya', {
      driftIds: [listed.body.items[0].id],
    });
    expect(applied.status).toBe(202);
    expect(applied.body.accepted).toBe(1);
    const drift = await eventually(async () => {
      const now = await plugin.call('get', `${path}/drifts`, 'priya');
      return now.body.items[0].state === 'applied' && now.body.items[0];
    });
    expect((await plugin.finished({ id: drift.runId })).state).toBe(
      'succeeded',
    );
    expect(plugin.auditor.createEvent).toHaveBeenCalledWith(
      expect.objectContaining({
        eventId: 'reconciliation-apply',
        meta: { reconciliationId: id, driftIds: [drift.id] },
      }),
    );
    const all = await plugin.call('get', '/reconciliations', 'priya');
    expect(all.body.items[0].id).toBe(id);
    const cancel = await plugin.call('post', `${path}/cancel`, 'priya');
    expect(cancel.status).toBe(409);
  });

  it.each([
    ['post', '/reconciliations'],
    ['get', '/reconciliations'],
    ['get', unknown],
    ['get', `${unknown}/drifts`],
    ['post', `${unknown}/apply`],
    ['post', `${unknown}/cancel`],
  ] as const)('are not for a developer: %s %s', async (method, path) => {
    expect((await plugin.call(method, path, 'bob')).status).toBe(403);
    expect(await plugin.count('reconciliations')).toBe(0);
  });

  it.each([
    ['get', unknown, 404],
    ['get', '/reconciliations/x', 404],
    ['post', `${unknown}/apply`, 404],
    ['post', `${unknown}/cancel`, 404],
    ['get', `${unknown}/drifts?kind=odd`, 400],
    ['get', '/reconciliations?limit=1000', 400],
  ] as const)('answer %s %s with %i', async (method, path, status) => {
    expect((await plugin.call(method, path, 'priya')).status).toBe(status);
  });

  it('apply nothing for a malformed choice', async () => {
    const answer = await plugin.call('post', `${unknown}/apply`, 'priya', {
      driftIds: ['x'],
    });
    expect(answer.status).toBe(400);
  });
});
