import { AddressInfo } from 'node:net';
import { mockCredentials } from '@backstage/backend-test-utils';
import {
  PersonStatus,
  ProvisioningClient,
  Run,
} from '@formulary/plugin-provisioning-common';
import { ServiceError } from '@formulary/service-client-node';
import request from 'supertest';
import { eventually } from './__testUtils__/eventually';
import {
  signatureOf,
  signUpEvent,
  TestPlugin,
  WEBHOOK_SECRET,
} from './__testUtils__/TestPlugin';

jest.setTimeout(60_000);

describe('the provisioning plugin', () => {
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

  describe('for oneself', () => {
    it('says what it knows of somebody it never met', async () => {
      const response = await plugin.call('get', '/me', 'bob');
      expect(response.status).toBe(200);
      expect(response.body).toEqual({
        userRef: 'user:default/bob',
        services: [
          {
            service: 'gitea',
            title: 'Gitea',
            url: 'http://gitea.example',
          },
        ],
        accounts: [],
      });
    });

    it('prepares the accounts and shows them', async () => {
      const started = await plugin.call('post', '/me/runs', 'bob', {});
      expect(started.status).toBe(201);
      expect(started.body.run).toMatchObject({
        source: 'self',
        organisation: 'acme',
      });
      await plugin.finished(started.body.run, 'bob');

      const { body } = await plugin.call('get', '/me', 'bob');
      expect(body).toMatchObject({
        person: { email: 'bob@acme.example', organisation: 'acme' },
        accounts: [{ service: 'gitea', state: 'active', username: 'bob' }],
        run: { state: 'succeeded' },
      });
    });

    it('prepares the accounts of somebody whom the catalog has not heard of yet', async () => {
      plugin.keycloak.users.set('id-erin', {
        id: 'id-erin',
        username: 'erin',
        email: 'erin@acme.example',
        emailVerified: true,
        organizations: ['acme'],
      });
      const started = await plugin.call('post', '/me/runs', 'erin', {});
      expect(started.status).toBe(201);
      expect((await plugin.finished(started.body.run, 'erin')).state).toBe(
        'succeeded',
      );
      plugin.keycloak.users.delete('id-erin');
    });

    it('says what to do when nobody knows the person', async () => {
      const response = await plugin.call('post', '/me/runs', 'stranger', {});
      expect(response.status).toBe(404);
      expect(response.body.error.message).toContain(
        'Nobody called user:default/stranger is known yet',
      );
    });

    it.each([
      ['an unknown field', { service: 'gitea' }, 400],
      ['a wrong type', { services: 'gitea' }, 400],
      ['an unknown service', { services: ['jira'] }, 404],
    ])('refuses %s', async (_what, body, status) => {
      const response = await plugin.call('post', '/me/runs', 'bob', body);
      expect(response.status).toBe(status);
      expect(await plugin.count('runs')).toBe(0);
    });

    it('shows why a step failed, and retries it', async () => {
      plugin.gitea.willDo(async () => {
        throw new ServiceError('Gitea could not create bob: reserved name', {
          kind: 'validation',
          service: 'Gitea',
        });
      });
      const { body } = await plugin.call('post', '/me/runs', 'bob', {});
      const failed = await plugin.finished(body.run, 'bob');
      expect(failed.steps[0]).toMatchObject({
        state: 'failed',
        message: 'Gitea could not create bob: reserved name',
      });
      const retried = await plugin.call(
        'post',
        `/runs/${failed.id}/retry`,
        'bob',
      );
      expect(retried.status).toBe(200);
      expect((await plugin.finished(failed, 'bob')).state).toBe('succeeded');

      const again = await plugin.call(
        'post',
        `/runs/${failed.id}/retry`,
        'bob',
      );
      expect(again.status).toBe(409);
    });
  });

  describe('a run that is rolled back', () => {
    /** A run of bob's that was cancelled while Gitea made the account. */
    async function cancelledRun(): Promise<string> {
      let release = () => {};
      const released = new Promise<void>(resolve => {
        release = resolve;
      });
      plugin.gitea.willDo(() => released);
      const { body } = await plugin.call('post', '/me/runs', 'bob', {});
      const path = `/runs/${body.run.id}`;
      const stepState = async () =>
        (await plugin.call('get', path, 'bob')).body.steps[0].state;
      await eventually(async () => (await stepState()) === 'running');
      await plugin.call('post', `${path}/cancel`, 'bob');
      release();
      await eventually(async () => (await stepState()) === 'succeeded');
      return path;
    }

    it('is shown what goes, then loses it, and the auditor is told', async () => {
      const path = await cancelledRun();
      const preview = await plugin.call('get', `${path}/rollback`, 'priya');
      expect(preview.body).toEqual({
        accounts: [
          expect.objectContaining({ service: 'gitea', username: 'bob' }),
        ],
      });
      const { status, body } = await plugin.call(
        'post',
        `${path}/rollback`,
        'priya',
      );
      expect(status).toBe(201);
      expect(await plugin.finished(body)).toMatchObject({
        kind: 'rollback',
        state: 'succeeded',
        steps: [{ outcome: 'removed' }],
      });
      expect(plugin.gitea.accounts.size).toBe(0);
      expect(plugin.auditor.createEvent).toHaveBeenCalledWith(
        expect.objectContaining({ eventId: 'run-rollback' }),
      );
      const again = await plugin.call('post', `${path}/rollback`, 'priya');
      expect(again.status).toBe(409);
      expect(again.body.error.message).toBe('The run was rolled back already');
    });

    it.each([
      ['the person', 'bob', 403],
      ['a colleague', 'carol', 404],
      ['somebody of another organisation', 'hugo', 404],
    ])('is not by %s', async (_who, username, status) => {
      const path = await cancelledRun();
      for (const method of ['get', 'post'] as const) {
        const answer = await plugin.call(method, `${path}/rollback`, username);
        expect(answer.status).toBe(status);
      }
      expect(plugin.gitea.accounts.size).toBe(1);
    });
  });

  describe('for others', () => {
    it('lets a developer neither onboard, read, list, count nor retry for a colleague', async () => {
      const { body } = await plugin.call('post', '/me/runs', 'bob', {});
      await plugin.finished(body.run, 'bob');
      const answers = {
        onboard: await plugin.call('post', '/persons', 'carol', {
          userRef: 'user:default/bob',
        }),
        person: await plugin.call(
          'get',
          `/persons/${encodeURIComponent('user:default/bob')}`,
          'carol',
        ),
        persons: await plugin.call('get', '/persons', 'carol'),
        run: await plugin.call('get', `/runs/${body.run.id}`, 'carol'),
        events: await plugin.call(
          'get',
          `/runs/${body.run.id}/events`,
          'carol',
        ),
        retry: await plugin.call('post', `/runs/${body.run.id}/retry`, 'carol'),
        resume: await plugin.call(
          'post',
          `/runs/${body.run.id}/resume`,
          'carol',
        ),
        services: await plugin.call('get', '/services', 'carol'),
      };
      expect(
        Object.fromEntries(
          Object.entries(answers).map(([key, { status }]) => [key, status]),
        ),
      ).toEqual({
        onboard: 403,
        person: 403,
        persons: 403,
        run: 404,
        events: 404,
        retry: 404,
        resume: 404,
        services: 403,
      });
      const missing = await plugin.call(
        'get',
        '/runs/00000000-0000-4000-8000-000000000000',
        'carol',
      );
      expect(answers.run.body.error.message.replace(body.run.id, '')).toBe(
        missing.body.error.message.replace(
          '00000000-0000-4000-8000-000000000000',
          '',
        ),
      );
      const runs = await plugin.call(
        'get',
        '/runs?userRef=user:default/bob',
        'carol',
      );
      expect(runs.body).toEqual({ items: [], totalItems: 0 });
    });

    it('lets whoever has the permission do it', async () => {
      const { body } = await plugin.call('post', '/persons', 'priya', {
        userRef: 'user:default/bob',
      });
      expect(body.run).toMatchObject({
        source: 'admin',
        requestedBy: 'user:default/priya',
        userRef: 'user:default/bob',
      });
      await plugin.finished(body.run, 'priya');
      const runs = await plugin.call('get', '/runs?state=succeeded', 'priya');
      expect(runs.body).toMatchObject({
        items: [{ id: body.run.id }],
        totalItems: 1,
      });
      for (const [query, totalItems] of [
        ['state=succeeded&latest=true', 1],
        ['service=gitea', 0],
        ['latest=perhaps', undefined],
      ] as const) {
        const narrowed = await plugin.call('get', `/runs?${query}`, 'priya');
        expect([query, narrowed.body.totalItems]).toEqual([query, totalItems]);
      }
      const persons = await plugin.call('get', '/persons', 'priya');
      expect(persons.body).toMatchObject({
        items: [
          {
            person: { username: 'bob' },
            lifecycle: { state: 'active' },
            accounts: [{ service: 'gitea', state: 'active' }],
          },
        ],
        totalItems: 1,
      });
      const services = await plugin.call('get', '/services', 'priya');
      expect(services.body.items).toMatchObject([
        { service: 'gitea', reachable: true, authorized: true },
      ]);
    });

    it('tells everybody what the services are called, without their health', async () => {
      const { status, body } = await plugin.call(
        'get',
        '/services/info',
        'carol',
      );
      expect(status).toBe(200);
      expect(body.items).toEqual([
        { service: 'gitea', title: 'Gitea', url: expect.any(String) },
      ]);
    });

    it('refuses who is not signed in', async () => {
      const response = await request(plugin.backend.server)
        .get('/api/provisioning/me')
        .set('Authorization', mockCredentials.none.header());
      expect(response.status).toBe(401);
    });
  });

  it('speaks with its client', async () => {
    const client = new ProvisioningClient({
      discoveryApi: {
        getBaseUrl: async () =>
          `http://localhost:${
            (plugin.backend.server.address() as AddressInfo).port
          }/api/provisioning`,
      },
    });
    const token = mockCredentials.user.token('user:default/bob');
    const { run } = await client.prepareMe({}, { token });
    await eventually(
      async () => (await client.getRun(run.id, { token })).state !== 'running',
    );
    const status: PersonStatus = await client.getPerson('user:default/bob', {
      token,
    });
    expect(status.accounts).toHaveLength(1);
    const events = await client.getRunEvents(run.id, {}, { token });
    expect(events.map(({ type }) => type)).toEqual([
      'run.created',
      'step.started',
      'step.succeeded',
      'run.succeeded',
    ]);
    const rest = await client.getRunEvents(
      run.id,
      { after: events[1].id },
      { token },
    );
    expect(rest).toEqual(events.slice(2));
    expect((await client.getRuns({ limit: 1 }, { token })).totalItems).toBe(1);
    await expect(
      client.onboard({ userRef: 'user:default/carol' }, { token }),
    ).rejects.toMatchObject({
      statusCode: 403,
      cause: { message: expect.stringContaining('for yourself only') },
    });
  });

  describe('the webhook of Keycloak', () => {
    it('prepares the accounts of somebody who signed up', async () => {
      const response = await plugin.deliver(signUpEvent('bob'));
      expect(response.status).toBe(202);
      expect(response.body).toEqual({ status: 'stored' });
      const status = await eventually(async () => {
        const { body } = await plugin.call('get', '/me', 'bob');
        return body.run?.state === 'succeeded' && body;
      });
      expect(status).toMatchObject({
        run: { source: 'webhook', requestedBy: 'keycloak' },
        accounts: [{ service: 'gitea', state: 'active' }],
      });
    });

    it('reads whom an administrator made, not who made them', async () => {
      await plugin.deliver({
        uid: 'made-by-priya',
        type: 'admin.USER-CREATE',
        authDetails: { userId: 'id-priya' },
        resourcePath: 'users/id-carol',
        representation: '{"username":"carol"}',
      });
      await eventually(async () => {
        const { body } = await plugin.call('get', '/me', 'carol');
        return body.run?.state === 'succeeded';
      });
      expect(await plugin.count('persons')).toBe(1);
    });

    it('prepares the accounts of somebody who was refused before they became a member', async () => {
      const bob = plugin.keycloak.users.get('id-bob')!;
      plugin.keycloak.users.set('id-bob', { ...bob, organizations: [] });
      await plugin.deliver(signUpEvent('bob'));
      await eventually(async () => {
        const { body } = await plugin.call('get', '/me', 'bob');
        return body.run?.state === 'failed';
      });
      plugin.keycloak.users.set('id-bob', bob);
      // As Keycloak 26.4 sends it: the user is told by name alone.
      const joined = await plugin.deliver({
        id: 'event-1',
        uid: 'bob-joins',
        type: 'admin.ORGANIZATION_MEMBERSHIP-CREATE',
        realmId: '7a5e9d88-da7e-4abd-91d8-1b6738a10862',
        realmName: 'test',
        authDetails: {
          realmId: 'test',
          clientId: 'dc631071-d292-425b-96a6-24e3a8c52a6e',
          userId: 'id-priya',
        },
        details: { username: 'bob', email: 'bob@acme.example' },
        operationType: 'CREATE',
        resourceType: 'ORGANIZATION_MEMBERSHIP',
        resourceId: 'members',
        resourcePath:
          'organizations/f981739d-1731-4ee9-924e-6b213916d057/members',
        representation: '{"alias":"acme"}',
      });
      expect(joined.body).toEqual({ status: 'stored' });
      await eventually(async () => {
        const { body } = await plugin.call('get', '/me', 'bob');
        return body.run?.state === 'succeeded';
      });
    });

    it('prepares accounts again once an e-mail address is verified', async () => {
      const verified = { ...signUpEvent('bob'), type: 'access.VERIFY_EMAIL' };
      expect((await plugin.deliver(verified)).body).toEqual({
        status: 'stored',
      });
      await eventually(async () => {
        const { body } = await plugin.call('get', '/me', 'bob');
        return body.run?.state === 'succeeded';
      });
    });

    it('does nothing twice for a delivery that is sent again', async () => {
      const answers = await Promise.all(
        [1, 2, 3].map(() => plugin.deliver(signUpEvent('bob'))),
      );
      expect(answers.map(({ body }) => body.status).sort()).toEqual([
        'duplicate',
        'duplicate',
        'stored',
      ]);
      await eventually(async () => {
        const { body } = await plugin.call('get', '/me', 'bob');
        return body.run?.state === 'succeeded';
      });
      expect(await plugin.count('runs')).toBe(1);
      expect((await plugin.deliver(signUpEvent('bob'))).body.status).toBe(
        'duplicate',
      );
    });

    it('tells the rest of the backend of every event once', async () => {
      const event = {
        type: 'admin.GROUP-UPDATE',
        uid: 'group-update',
        resourcePath: 'groups/1',
      };
      await plugin.deliver(event);
      await plugin.deliver(event);
      expect(plugin.events.publish.mock.calls).toEqual([
        [
          {
            topic: 'formulary.identity-provider',
            eventPayload: {
              source: 'keycloak',
              type: 'admin.GROUP-UPDATE',
              subjects: [],
            },
          },
        ],
      ]);
    });

    it('keeps and ignores events that it has nothing to do for', async () => {
      const response = await plugin.deliver({
        ...signUpEvent('bob'),
        type: 'access.LOGIN',
      });
      expect([response.status, response.body]).toEqual([
        202,
        { status: 'ignored' },
      ]);
      expect(
        await plugin.knex('webhook_deliveries').select('state', 'type'),
      ).toEqual([{ state: 'ignored', type: 'access.LOGIN' }]);
    });

    it('ignores a user whom the realm does not know', async () => {
      await plugin.deliver(signUpEvent('foreigner'));
      await eventually(async () => {
        const [{ state }] = await plugin
          .knex('webhook_deliveries')
          .select('state');
        return state === 'ignored';
      });
      expect(await plugin.count('persons')).toBe(0);
    });

    it('shows the person why nothing is prepared without an organisation', async () => {
      plugin.keycloak.users.set('id-dora', {
        id: 'id-dora',
        username: 'dora',
        email: 'dora@nowhere.example',
        organizations: [],
      });
      await plugin.deliver(signUpEvent('dora'));
      const run: Run = await eventually(async () => {
        const { body } = await plugin.call('get', '/me', 'dora');
        return body.run;
      });
      expect(run).toMatchObject({
        state: 'failed',
        message: expect.stringContaining('does not belong to an organisation'),
        steps: [],
      });
      expect(plugin.gitea.accounts.size).toBe(0);
    });

    it('waits for an identity provider that is away', async () => {
      plugin.keycloak.down = true;
      await plugin.deliver(signUpEvent('bob'));
      await eventually(async () => {
        const [{ message }] = await plugin
          .knex('webhook_deliveries')
          .select('message');
        return message?.includes('Keycloak');
      });
      plugin.keycloak.down = false;
      const run = await eventually(async () => {
        const { body } = await plugin.call('get', '/me', 'bob');
        return body.run?.state === 'succeeded' && body.run;
      });
      expect(run.source).toBe('webhook');
    });

    it.each([
      ['a wrong secret', { secret: 'not-it' }],
      ['no signature', { signature: '' }],
      ['a signature that is none', { signature: 'zz' }],
    ])('refuses %s, keeps nothing, and audits it', async (_what, options) => {
      const response = await plugin.deliver(signUpEvent('bob'), options);
      expect(response.status).toBe(401);
      expect(JSON.stringify(response.body)).not.toContain(WEBHOOK_SECRET);
      expect(await plugin.count('webhook_deliveries')).toBe(0);
      const audited = await plugin.auditor.createEvent.mock.results[0].value;
      expect(plugin.auditor.createEvent.mock.calls[0][0]).toMatchObject({
        eventId: 'webhook-delivery',
      });
      expect(audited.fail).toHaveBeenCalled();
    });

    it('refuses a body that was altered on its way', async () => {
      const body = JSON.stringify(signUpEvent('bob'));
      const signature = signatureOf(body);
      const response = await plugin.deliver(signUpEvent('hugo'), { signature });
      expect(response.status).toBe(401);
    });

    it('refuses what is signed but no event', async () => {
      const response = await plugin.deliver({ hello: 'world' });
      expect(response.status).toBe(400);
    });

    it('refuses what is too large', async () => {
      const response = await plugin.deliver({
        ...signUpEvent('bob'),
        representation: 'x'.repeat(300_000),
      });
      expect(response.status).toBe(413);
      expect(await plugin.count('webhook_deliveries')).toBe(0);
    });
  });
});
