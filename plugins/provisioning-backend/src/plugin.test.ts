import { createHmac } from 'node:crypto';
import { AddressInfo } from 'node:net';
import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  TestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { provisioningConnectorsExtensionPoint } from '@formulary/plugin-provisioning-node';
import {
  PersonStatus,
  ProvisioningClient,
  Run,
} from '@formulary/plugin-provisioning-common';
import { ServiceError } from '@formulary/service-client-node';
import knexFactory, { Knex } from 'knex';
import request from 'supertest';
import { provisioningPlugin } from './plugin';
import { eventually } from './__testUtils__/eventually';
import { FakeConnector } from './__testUtils__/FakeConnector';
import { FakeKeycloak } from './__testUtils__/FakeKeycloak';
import {
  startTestPostgres,
  TestPostgres,
} from './__testUtils__/startTestPostgres';

jest.setTimeout(60_000);

const SECRET = 'webhook-secret';

describe('the provisioning plugin', () => {
  let postgres: TestPostgres;
  let keycloak: FakeKeycloak;
  let backend: TestBackend;
  let knex: Knex;
  let gitea: FakeConnector;
  /** Users who have every permission. */
  const admins = new Set(['user:default/priya']);
  const auditor = mockServices.auditor.mock();

  beforeAll(async () => {
    postgres = await startTestPostgres();
    keycloak = await FakeKeycloak.start();
    for (const username of ['priya', 'bob', 'carol', 'hugo']) {
      keycloak.users.set(`id-${username}`, {
        id: `id-${username}`,
        username,
        email: `${username}@acme.example`,
        emailVerified: true,
        organizations: [username === 'hugo' ? 'globex' : 'acme'],
      });
    }
    gitea = new FakeConnector('gitea');
    backend = await startTestBackend({
      features: [
        provisioningPlugin,
        createBackendModule({
          pluginId: 'provisioning',
          moduleId: 'gitea',
          register(registration) {
            registration.registerInit({
              deps: { connectors: provisioningConnectorsExtensionPoint },
              async init({ connectors }) {
                connectors.addConnector(gitea);
              },
            });
          },
        }),
        mockServices.rootConfig.factory({
          data: {
            backend: {
              database: { client: 'pg', connection: postgres.connection },
            },
            provisioning: {
              keycloak: keycloak.config,
              webhooks: { keycloak: { secret: SECRET } },
              retry: { attempts: 1 },
            },
          },
        }),
        mockServices.database.factory(),
        mockServices.permissions.mock({
          authorize: async (requests, { credentials }) => {
            const { principal } = credentials as {
              principal: { type: string; userEntityRef?: string };
            };
            const allowed =
              principal.type === 'service' ||
              admins.has(principal.userEntityRef ?? '');
            return requests.map(() => ({
              result: allowed ? AuthorizeResult.ALLOW : AuthorizeResult.DENY,
            }));
          },
        }).factory,
        auditor.factory,
        catalogServiceMock.factory({
          entities: ['bob', 'carol', 'hugo', 'priya'].map(name => ({
            apiVersion: 'backstage.io/v1beta1',
            kind: 'User',
            metadata: {
              name,
              namespace: 'default',
              annotations: {
                'keycloak.org/id': `id-${name}`,
                'keycloak.org/realm': 'test',
              },
            },
            spec: {},
          })),
        }),
      ],
    });
    knex = knexFactory({
      client: 'pg',
      connection: {
        ...postgres.connection,
        database: 'backstage_plugin_provisioning',
      },
    });
  });
  afterAll(async () => {
    await knex?.destroy();
    await backend?.stop();
    await keycloak?.stop();
    await postgres?.stop();
  });
  beforeEach(async () => {
    await knex.raw(
      'truncate persons, accounts, runs, steps, events, webhook_deliveries',
    );
    gitea.accounts.clear();
    auditor.createEvent.mockClear();
  });

  const as = (username: string) =>
    mockCredentials.user.header(`user:default/${username}`);
  const call = (
    method: 'get' | 'post',
    path: string,
    username: string,
    body?: object,
  ) =>
    request(backend.server)
      [method](`/api/provisioning${path}`)
      .set('Authorization', as(username))
      .send(body);
  const finished = (run: Run, username: string): Promise<Run> =>
    eventually(async () => {
      const { body } = await call('get', `/runs/${run.id}`, username);
      return body.state !== 'running' && body;
    });

  /** Sends what the events extension of Keycloak sends when somebody signs up. */
  function deliver(
    event: object,
    options: { secret?: string; signature?: string } = {},
  ) {
    const body = JSON.stringify(event);
    const signature =
      options.signature ??
      createHmac('sha256', options.secret ?? SECRET)
        .update(body)
        .digest('hex');
    return request(backend.server)
      .post('/api/provisioning/webhooks/keycloak')
      .set('Content-Type', 'application/json')
      .set('X-Keycloak-Signature', signature)
      .send(body);
  }
  const signUp = (username: string, uid = `uid-${username}`) => ({
    uid,
    type: 'access.REGISTER',
    realmId: 'test',
    time: 1_700_000_000_000,
    authDetails: { userId: `id-${username}`, clientId: 'portal' },
    details: { username, register_method: 'form' },
  });
  const count = async (table: string) =>
    Number((await knex(table).count({ count: '*' }))[0].count);

  describe('for oneself', () => {
    it('says what it knows of somebody it never met', async () => {
      const response = await call('get', '/me', 'bob');
      expect(response.status).toBe(200);
      expect(response.body).toEqual({
        userRef: 'user:default/bob',
        services: [
          { service: 'gitea', title: 'Gitea', url: 'http://gitea.example' },
        ],
        accounts: [],
      });
    });

    it('prepares the accounts and shows them', async () => {
      const started = await call('post', '/me/runs', 'bob', {});
      expect(started.status).toBe(201);
      expect(started.body.run).toMatchObject({
        source: 'self',
        organisation: 'acme',
      });
      await finished(started.body.run, 'bob');

      const { body } = await call('get', '/me', 'bob');
      expect(body).toMatchObject({
        person: { email: 'bob@acme.example', organisation: 'acme' },
        accounts: [{ service: 'gitea', state: 'active', username: 'bob' }],
        run: { state: 'succeeded' },
      });
    });

    it('says what to do when nobody knows the person', async () => {
      const response = await call('post', '/me/runs', 'stranger', {});
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
      const response = await call('post', '/me/runs', 'bob', body);
      expect(response.status).toBe(status);
      expect(await count('runs')).toBe(0);
    });

    it('shows why a step failed, and retries it', async () => {
      gitea.willDo(async () => {
        throw new ServiceError('Gitea could not create bob: reserved name', {
          kind: 'validation',
          service: 'Gitea',
        });
      });
      const { body } = await call('post', '/me/runs', 'bob', {});
      const failed = await finished(body.run, 'bob');
      expect(failed.steps[0]).toMatchObject({
        state: 'failed',
        message: 'Gitea could not create bob: reserved name',
      });
      const retried = await call('post', `/runs/${failed.id}/retry`, 'bob');
      expect(retried.status).toBe(200);
      expect((await finished(failed, 'bob')).state).toBe('succeeded');

      const again = await call('post', `/runs/${failed.id}/retry`, 'bob');
      expect(again.status).toBe(409);
    });
  });

  describe('for others', () => {
    it('lets a developer neither onboard, read, list, count nor retry for a colleague', async () => {
      const { body } = await call('post', '/me/runs', 'bob', {});
      await finished(body.run, 'bob');
      const answers = {
        onboard: await call('post', '/persons', 'carol', {
          userRef: 'user:default/bob',
        }),
        person: await call(
          'get',
          `/persons/${encodeURIComponent('user:default/bob')}`,
          'carol',
        ),
        persons: await call('get', '/persons', 'carol'),
        run: await call('get', `/runs/${body.run.id}`, 'carol'),
        events: await call('get', `/runs/${body.run.id}/events`, 'carol'),
        retry: await call('post', `/runs/${body.run.id}/retry`, 'carol'),
        services: await call('get', '/services', 'carol'),
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
        services: 403,
      });
      const missing = await call(
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
      const runs = await call('get', '/runs?userRef=user:default/bob', 'carol');
      expect(runs.body).toEqual({ items: [], totalItems: 0 });
    });

    it('lets whoever has the permission do it', async () => {
      const { body } = await call('post', '/persons', 'priya', {
        userRef: 'user:default/bob',
      });
      expect(body.run).toMatchObject({
        source: 'admin',
        requestedBy: 'user:default/priya',
        userRef: 'user:default/bob',
      });
      await finished(body.run, 'priya');
      const runs = await call('get', '/runs?state=succeeded', 'priya');
      expect(runs.body).toMatchObject({
        items: [{ id: body.run.id }],
        totalItems: 1,
      });
      const persons = await call('get', '/persons', 'priya');
      expect(persons.body).toMatchObject({
        items: [{ username: 'bob' }],
        totalItems: 1,
      });
      const services = await call('get', '/services', 'priya');
      expect(services.body.items).toMatchObject([
        { service: 'gitea', reachable: true, authorized: true },
      ]);
    });

    it('refuses who is not signed in', async () => {
      const response = await request(backend.server)
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
            (backend.server.address() as AddressInfo).port
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
      const response = await deliver(signUp('bob'));
      expect(response.status).toBe(202);
      expect(response.body).toEqual({ status: 'stored' });
      const status = await eventually(async () => {
        const { body } = await call('get', '/me', 'bob');
        return body.run?.state === 'succeeded' && body;
      });
      expect(status).toMatchObject({
        run: { source: 'webhook', requestedBy: 'keycloak' },
        accounts: [{ service: 'gitea', state: 'active' }],
      });
    });

    it('reads whom an administrator made, not who made them', async () => {
      await deliver({
        uid: 'made-by-priya',
        type: 'admin.USER-CREATE',
        authDetails: { userId: 'id-priya' },
        resourcePath: 'users/id-carol',
        representation: '{"username":"carol"}',
      });
      await eventually(async () => {
        const { body } = await call('get', '/me', 'carol');
        return body.run?.state === 'succeeded';
      });
      expect(await count('persons')).toBe(1);
    });

    it('prepares the accounts of somebody who was refused before they became a member', async () => {
      const bob = keycloak.users.get('id-bob')!;
      keycloak.users.set('id-bob', { ...bob, organizations: [] });
      await deliver(signUp('bob'));
      await eventually(async () => {
        const { body } = await call('get', '/me', 'bob');
        return body.run?.state === 'failed';
      });
      keycloak.users.set('id-bob', bob);
      // As Keycloak 26.4 sends it: the user is told by name alone.
      const joined = await deliver({
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
        const { body } = await call('get', '/me', 'bob');
        return body.run?.state === 'succeeded';
      });
    });

    it('prepares accounts again once an e-mail address is verified', async () => {
      const verified = { ...signUp('bob'), type: 'access.VERIFY_EMAIL' };
      expect((await deliver(verified)).body).toEqual({ status: 'stored' });
      await eventually(async () => {
        const { body } = await call('get', '/me', 'bob');
        return body.run?.state === 'succeeded';
      });
    });

    it('does nothing twice for a delivery that is sent again', async () => {
      const answers = await Promise.all(
        [1, 2, 3].map(() => deliver(signUp('bob'))),
      );
      expect(answers.map(({ body }) => body.status).sort()).toEqual([
        'duplicate',
        'duplicate',
        'stored',
      ]);
      await eventually(async () => {
        const { body } = await call('get', '/me', 'bob');
        return body.run?.state === 'succeeded';
      });
      expect(await count('runs')).toBe(1);
      expect((await deliver(signUp('bob'))).body.status).toBe('duplicate');
    });

    it('keeps and ignores events that it has nothing to do for', async () => {
      const response = await deliver({
        ...signUp('bob'),
        type: 'access.LOGIN',
      });
      expect([response.status, response.body]).toEqual([
        202,
        { status: 'ignored' },
      ]);
      expect(await knex('webhook_deliveries').select('state', 'type')).toEqual([
        { state: 'ignored', type: 'access.LOGIN' },
      ]);
    });

    it('ignores a user whom the realm does not know', async () => {
      await deliver(signUp('foreigner'));
      await eventually(async () => {
        const [{ state }] = await knex('webhook_deliveries').select('state');
        return state === 'ignored';
      });
      expect(await count('persons')).toBe(0);
    });

    it('shows the person why nothing is prepared without an organisation', async () => {
      keycloak.users.set('id-dora', {
        id: 'id-dora',
        username: 'dora',
        email: 'dora@nowhere.example',
        organizations: [],
      });
      await deliver(signUp('dora'));
      const run: Run = await eventually(async () => {
        const { body } = await call('get', '/me', 'dora');
        return body.run;
      });
      expect(run).toMatchObject({
        state: 'failed',
        message: expect.stringContaining('does not belong to an organisation'),
        steps: [],
      });
      expect(gitea.accounts.size).toBe(0);
    });

    it('waits for an identity provider that is away', async () => {
      keycloak.down = true;
      await deliver(signUp('bob'));
      await eventually(async () => {
        const [{ message }] = await knex('webhook_deliveries').select(
          'message',
        );
        return message?.includes('Keycloak');
      });
      keycloak.down = false;
      const run = await eventually(async () => {
        const { body } = await call('get', '/me', 'bob');
        return body.run?.state === 'succeeded' && body.run;
      });
      expect(run.source).toBe('webhook');
    });

    it.each([
      ['a wrong secret', { secret: 'not-it' }],
      ['no signature', { signature: '' }],
      ['a signature that is none', { signature: 'zz' }],
    ])('refuses %s, keeps nothing, and audits it', async (_what, options) => {
      const response = await deliver(signUp('bob'), options);
      expect(response.status).toBe(401);
      expect(JSON.stringify(response.body)).not.toContain(SECRET);
      expect(await count('webhook_deliveries')).toBe(0);
      const audited = await auditor.createEvent.mock.results[0].value;
      expect(auditor.createEvent.mock.calls[0][0]).toMatchObject({
        eventId: 'webhook-delivery',
      });
      expect(audited.fail).toHaveBeenCalled();
    });

    it('refuses a body that was altered on its way', async () => {
      const body = JSON.stringify(signUp('bob'));
      const signature = createHmac('sha256', SECRET).update(body).digest('hex');
      const response = await deliver(signUp('hugo'), { signature });
      expect(response.status).toBe(401);
    });

    it('refuses what is signed but no event', async () => {
      const response = await deliver({ hello: 'world' });
      expect(response.status).toBe(400);
    });

    it('refuses what is too large', async () => {
      const response = await deliver({
        ...signUp('bob'),
        representation: 'x'.repeat(300_000),
      });
      expect(response.status).toBe(413);
      expect(await count('webhook_deliveries')).toBe(0);
    });
  });
});
