import { Run, WebhookDelivery } from '@formulary/plugin-provisioning-common';
import { eventually } from './__testUtils__/eventually';
import { signUpEvent, TestPlugin } from './__testUtils__/TestPlugin';

jest.setTimeout(60_000);

const bobsPath = `/persons/${encodeURIComponent('user:default/bob')}`;

let events = 0;
const adminEvent = (type: string, resourcePath = 'users/id-bob') => {
  events += 1;
  return { uid: `event-${events}`, type, realmId: 'test', resourcePath };
};

describe('people who leave', () => {
  let plugin: TestPlugin;

  beforeAll(async () => {
    plugin = await TestPlugin.start();
  });
  afterAll(async () => {
    await plugin?.stop();
  });
  beforeEach(async () => {
    await plugin.reset();
    await plugin.deliver(signUpEvent('bob'));
    const delivery = await handled('access.REGISTER');
    await plugin.finished({ id: delivery.runId! });
  });

  /** The newest delivery of a type, once it is done with. */
  function handled(type: string): Promise<WebhookDelivery> {
    return eventually(async () => {
      const { body } = await plugin.call('get', '/deliveries', 'priya');
      const delivery: WebhookDelivery | undefined = body.items.find(
        (item: WebhookDelivery) => item.type === type,
      );
      return delivery && delivery.state !== 'stored' && delivery;
    });
  }

  async function runOf(type: string): Promise<Run> {
    const { runId } = await handled(type);
    return plugin.finished({ id: runId! });
  }

  async function bob() {
    return (await plugin.call('get', bobsPath, 'priya')).body;
  }

  const gone = () => plugin.keycloak.users.delete('id-bob');
  const enable = (enabled: boolean) =>
    plugin.keycloak.users.set('id-bob', {
      ...plugin.keycloak.users.get('id-bob')!,
      enabled,
    });

  describe('at the identity provider', () => {
    it('are suspended when they are deleted there, and their accounts removed later', async () => {
      gone();
      await plugin.deliver(adminEvent('admin.USER-DELETE'));
      expect(await runOf('admin.USER-DELETE')).toMatchObject({
        kind: 'suspend',
        source: 'webhook',
        requestedBy: 'keycloak',
        message: 'Deleted at the identity provider',
        state: 'succeeded',
      });
      const { lifecycle, accounts } = await bob();
      expect(lifecycle.state).toBe('suspended');
      const days =
        (Date.parse(lifecycle.removeAfter) - Date.parse(lifecycle.since)) /
        86_400_000;
      expect(days).toBeCloseTo(30, 1);
      expect(accounts).toMatchObject([{ state: 'suspended' }]);
    });

    it('are suspended when they are disabled, and restored when they are enabled again', async () => {
      enable(false);
      await plugin.deliver(adminEvent('admin.USER-UPDATE'));
      expect(await runOf('admin.USER-UPDATE')).toMatchObject({
        kind: 'suspend',
        message: 'Disabled at the identity provider',
      });

      enable(true);
      await plugin.deliver(adminEvent('admin.USER-UPDATE'));
      await eventually(async () => {
        const { lifecycle, run } = await bob();
        return (
          lifecycle.state === 'active' &&
          run.kind === 'restore' &&
          run.state === 'succeeded'
        );
      });
      expect((await bob()).accounts).toMatchObject([{ state: 'active' }]);
    });

    it('stay when a deletion is told of somebody who is still there', async () => {
      await plugin.deliver(adminEvent('admin.USER-DELETE'));
      expect(await runOf('admin.USER-DELETE')).toMatchObject({
        kind: 'onboard',
        state: 'succeeded',
      });
      expect((await bob()).lifecycle.state).toBe('active');
    });

    it.each([
      ['says nothing', { status: 503 }],
      ['answers with an empty body', { status: 200 }],
      ['answers with an empty object', { status: 200, body: '{}' }],
      ['answers with an empty list', { status: 200, body: '[]' }],
      ['answers with a page', { status: 200, body: '<html></html>' }],
      ['is not where it was', { status: 404, body: '<h1>Not Found</h1>' }],
      ['knows no realm', { status: 404, body: '{"error":"Realm not found."}' }],
      ['refuses the token', { status: 403 }],
    ])('stay when the identity provider %s', async (_what, answer) => {
      plugin.keycloak.answerUsersWith(answer);
      await plugin.deliver(adminEvent('admin.USER-DELETE'));
      await eventually(async () => {
        const { body } = await plugin.call('get', '/deliveries', 'priya');
        return body.items[0].message !== undefined;
      });
      plugin.keycloak.answerUsersWith(undefined);
      expect((await bob()).lifecycle.state).toBe('active');
      expect(await plugin.count('runs')).toBe(1);
    });

    it('stay when they only seem to have lost their organisation', async () => {
      plugin.keycloak.users.set('id-bob', {
        ...plugin.keycloak.users.get('id-bob')!,
        organizations: [],
      });
      await plugin.deliver(
        adminEvent(
          'admin.ORGANIZATION_MEMBERSHIP-DELETE',
          'organizations/o-1/members/id-bob',
        ),
      );
      expect(
        await handled('admin.ORGANIZATION_MEMBERSHIP-DELETE'),
      ).toMatchObject({
        state: 'ignored',
        message: expect.stringContaining('does not belong to an organisation'),
      });
      expect((await bob()).lifecycle.state).toBe('active');
    });

    it('are carried over when their name changes', async () => {
      plugin.keycloak.users.set('id-bob', {
        ...plugin.keycloak.users.get('id-bob')!,
        firstName: 'Robert',
        lastName: 'Stone',
      });
      await plugin.deliver(adminEvent('admin.USER-UPDATE'));
      await runOf('admin.USER-UPDATE');
      expect((await bob()).person.displayName).toBe('Robert Stone');
    });
  });

  describe('by an administrator', () => {
    const suspend = (username: string, body: object = { reason: 'On leave' }) =>
      plugin.call('post', `${bobsPath}/suspend`, username, body);

    it('are suspended, restored, suspended again and removed', async () => {
      const suspended = await suspend('priya');
      expect(suspended.status).toBe(201);
      expect(suspended.body.run).toMatchObject({
        kind: 'suspend',
        source: 'admin',
        requestedBy: 'user:default/priya',
        message: 'On leave',
      });
      await plugin.finished(suspended.body.run);
      const restored = await plugin.call(
        'post',
        `${bobsPath}/restore`,
        'priya',
      );
      await plugin.finished(restored.body.run);
      expect((await bob()).accounts).toMatchObject([{ state: 'active' }]);

      await plugin.finished((await suspend('priya')).body.run);
      const removed = await plugin.call('post', `${bobsPath}/remove`, 'priya', {
        reason: 'Gone for good',
      });
      expect((await plugin.finished(removed.body.run)).state).toBe('succeeded');
      expect(await bob()).toMatchObject({
        lifecycle: { state: 'removed', reason: 'Gone for good' },
        accounts: [{ state: 'removed' }],
      });
      const listed = await plugin.call(
        'get',
        '/persons?state=removed&search=bo',
        'priya',
      );
      expect(listed.body).toMatchObject({
        totalItems: 1,
        items: [{ person: { username: 'bob' } }],
      });
    });

    it('stay suspended whatever the identity provider says of them', async () => {
      await plugin.finished((await suspend('priya')).body.run);
      await plugin.deliver(adminEvent('admin.USER-UPDATE'));
      expect(await handled('admin.USER-UPDATE')).toMatchObject({
        state: 'ignored',
        message: 'An administrator has suspended the accounts',
      });
      const self = await plugin.call('post', '/me/runs', 'bob', {});
      expect(self.status).toBe(409);
      expect(self.body.error.message).toContain('On leave');
    });

    it('tell the auditor who did it to whom', async () => {
      await suspend('priya');
      expect(plugin.auditor.createEvent).toHaveBeenCalledWith(
        expect.objectContaining({
          eventId: 'person-suspend',
          meta: { userRef: 'user:default/bob' },
        }),
      );
    });

    it.each([
      ['a developer', 'carol', { reason: 'Envy' }, 403],
      ['the person', 'bob', { reason: 'Holiday' }, 403],
      ['an administrator without a reason', 'priya', {}, 400],
      ['an administrator with an empty one', 'priya', { reason: ' ' }, 400],
    ])('are not suspended by %s', async (_who, username, body, status) => {
      expect((await suspend(username, body)).status).toBe(status);
      expect((await bob()).lifecycle.state).toBe('active');
    });

    it('are somebody else', async () => {
      const answer = await plugin.call(
        'post',
        `/persons/${encodeURIComponent('user:default/priya')}/suspend`,
        'priya',
        { reason: 'Curiosity' },
      );
      expect(answer.status).toBe(409);
    });

    it('are known', async () => {
      const answer = await plugin.call(
        'post',
        `/persons/${encodeURIComponent('user:default/nobody')}/suspend`,
        'priya',
        { reason: 'Curiosity' },
      );
      expect(answer.status).toBe(404);
    });
  });
});

describe('deliveries and runs', () => {
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

  const deliveries = async (): Promise<WebhookDelivery[]> =>
    (await plugin.call('get', '/deliveries', 'priya')).body.items;

  it('can be worked on again', async () => {
    plugin.keycloak.users.delete('id-bob');
    await plugin.deliver(signUpEvent('bob'));
    const ignored = await eventually(async () =>
      (await deliveries()).find(({ state }) => state === 'ignored'),
    );
    await plugin.keycloak.users.set('id-bob', {
      id: 'id-bob',
      username: 'bob',
      email: 'bob@acme.example',
      emailVerified: true,
      organizations: ['acme'],
    });
    const path = `/deliveries/${ignored.id}/redeliver`;
    expect((await plugin.call('post', path, 'carol')).status).toBe(403);
    expect((await plugin.call('post', path, 'priya')).body).toMatchObject({
      state: 'stored',
      attempts: 0,
    });
    const processed = await eventually(async () =>
      (await deliveries()).find(({ state }) => state === 'processed'),
    );
    expect(processed.userRef).toBe('user:default/bob');
    expect((await plugin.finished({ id: processed.runId! })).state).toBe(
      'succeeded',
    );
  });

  it('are not shown to a developer', async () => {
    expect((await plugin.call('get', '/deliveries', 'carol')).status).toBe(403);
  });

  it('of unknown ids are not there', async () => {
    for (const id of ['x', '00000000-0000-4000-8000-000000000000']) {
      const path = `/deliveries/${id}/redeliver`;
      expect((await plugin.call('post', path, 'priya')).status).toBe(404);
    }
  });

  it('are cancelled by who asked for them, and by nobody else without the permission', async () => {
    let release: () => void = () => undefined;
    plugin.gitea.willDo(
      () =>
        new Promise<void>(resolve => {
          release = resolve;
        }),
    );
    const { body } = await plugin.call('post', '/me/runs', 'bob', {});
    await eventually(async () => plugin.gitea.calls > 0);
    const path = `/runs/${body.run.id}/cancel`;
    expect((await plugin.call('post', path, 'carol')).status).toBe(404);
    expect((await plugin.call('post', path, 'bob')).body).toMatchObject({
      state: 'cancelled',
    });
    expect((await plugin.call('post', path, 'bob')).status).toBe(409);
    release();
  });
});
