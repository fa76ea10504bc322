import { execFile } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { TestSandbox } from '../../../testUtils';
import { AdminClient } from '../__testUtils__/admin-client';
import { Browser } from '../__testUtils__/browser';
import { OidcClient } from '../__testUtils__/oidc-client';
import { personCalled, portalClient } from '../__testUtils__/portal';
import { WebhookReceiver } from '../__testUtils__/webhook-receiver';

jest.setTimeout(60_000);

const root = resolve(__dirname, '../../../../../..');

describe('the Admin API of the Keycloak stand-in', () => {
  let receiver: WebhookReceiver;
  let sandbox: TestSandbox;
  let portal: OidcClient;
  let token: string;
  let admin: AdminClient;

  const url = () => sandbox.credentials.services.keycloak.url;
  const realmUrl = () => `${url()}/admin/realms/formulary`;

  beforeAll(async () => {
    receiver = await WebhookReceiver.start();
    sandbox = await TestSandbox.start({
      services: ['keycloak'],
      portalPort: receiver.port,
    });
    portal = new OidcClient(
      sandbox.credentials.services.keycloak.issuer,
      portalClient(sandbox.credentials),
    );
    token = (await portal.serviceAccount()).access_token;
    admin = new AdminClient(realmUrl(), token);
  });

  afterAll(async () => {
    await sandbox?.stop();
    await receiver?.stop();
  });

  it("is read by Keycloak's own client, page by page", async () => {
    const { services } = sandbox.credentials;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [
        ...['--require', '@backstage/cli/config/nodeTransform.cjs'],
        'packages/sandbox/src/services/keycloak/__testUtils__/read-realm.ts',
      ],
      {
        cwd: root,
        env: {
          ...process.env,
          NODE_OPTIONS: '',
          REALM_TO_READ: JSON.stringify({
            ...services.keycloak,
            baseUrl: services.keycloak.url,
          }),
        },
      },
    );
    expect(JSON.parse(stdout)).toEqual({
      users: ['alice', 'bob', 'carol', 'gina', 'hugo', 'ivy', 'priya'],
      members: {
        '/acme': ['alice', 'bob', 'carol'],
        '/acme/acme-developers': ['bob', 'carol'],
        '/acme/acme-leads': ['alice'],
        '/formulary': ['priya'],
        '/formulary/formulary-developers': [],
        '/formulary/formulary-platform': ['priya'],
        '/globex': ['gina', 'hugo', 'ivy'],
        '/globex/globex-developers': ['hugo', 'ivy'],
        '/globex/globex-leads': ['gina'],
      },
      version: expect.stringMatching(/^26\./),
    });
  });

  it("refuses a person's token", async () => {
    const browser = new Browser(url());
    const end = await browser.submit(await portal.begin(browser), {
      username: 'priya',
      password: personCalled(sandbox.credentials, 'priya').password,
    });
    const { access_token: own } = await portal.redeem(end);
    await expect(
      new AdminClient(realmUrl(), own).get('/users'),
    ).resolves.toMatchObject({
      status: 403,
      body: { error: 'HTTP 403 Forbidden' },
    });
  });

  it('refuses a token that was changed', async () => {
    const [header, , signature] = token.split('.');
    const forged = Buffer.from('{"client_id":"formulary"}');
    const changed = `${header}.${forged.toString('base64url')}.${signature}`;
    await expect(
      new AdminClient(realmUrl(), changed).get('/users'),
    ).resolves.toMatchObject({ status: 401 });
  });

  it('gives the service accounts of the other clients no token', async () => {
    const { login, url: gitea } = sandbox.credentials.services.gitea;
    const client = new OidcClient(
      sandbox.credentials.services.keycloak.issuer,
      {
        ...login,
        redirectUri: gitea,
      },
    );
    const answer = await client.serviceAccount();
    expect(answer).toHaveProperty('error');
    expect(answer).not.toHaveProperty('access_token');
  });

  it('bounds what it reads', async () => {
    await expect(
      admin.request('POST', '/users', { username: 'x'.repeat(300_000) }),
    ).resolves.toMatchObject({ status: 413 });
  });

  it('tells the portal of a life: created, changed, member, no member, deleted', async () => {
    const next = async (type: string) => {
      const webhook = await receiver.next(({ body }) =>
        body.includes(`"${type}"`),
      );
      const { webhookSecret } = sandbox.credentials.services.keycloak;
      expect(webhook.headers['x-keycloak-signature']).toBe(
        createHmac('sha256', webhookSecret).update(webhook.body).digest('hex'),
      );
      return JSON.parse(webhook.body);
    };
    const answer = await admin.request('POST', '/users', {
      username: 'wanda',
      email: 'wanda@acme.example',
      enabled: true,
    });
    const id = answer.location?.split('/').pop();
    const create = await next('admin.USER-CREATE');
    expect(create).toMatchObject({
      realmName: 'formulary',
      resourceType: 'USER',
      operationType: 'CREATE',
      resourcePath: `users/${id}`,
      details: { userId: id, username: 'wanda' },
      authDetails: {
        realmId: 'formulary',
        username: 'service-account-formulary',
      },
    });
    expect(JSON.parse(create.representation)).toMatchObject({
      username: 'wanda',
      email: 'wanda@acme.example',
    });

    await admin.request('PUT', `/users/${id}`, { firstName: 'Wanda' });
    const update = await next('admin.USER-UPDATE');
    expect(JSON.parse(update.representation)).toEqual({ firstName: 'Wanda' });

    const { body } = await admin.get('/organizations?search=acme');
    const [{ id: acme }] = body as Array<{ id: string }>;
    const path = `/organizations/${acme}/members`;
    await admin.request('POST', path, id);
    expect(await next('admin.ORGANIZATION_MEMBERSHIP-CREATE')).toMatchObject({
      resourcePath: `organizations/${acme}/members`,
      details: { username: 'wanda', email: 'wanda@acme.example' },
    });
    await admin.request('DELETE', `${path}/${id}`);
    expect(await next('admin.ORGANIZATION_MEMBERSHIP-DELETE')).toMatchObject({
      resourcePath: `organizations/${acme}/members/${id}`,
    });

    await admin.request('DELETE', `/users/${id}`);
    expect(await next('admin.USER-DELETE')).toMatchObject({
      resourcePath: `users/${id}`,
    });
  });

  it('lets webhooks be managed, and never shows a secret', async () => {
    const webhooks = new AdminClient(
      `${sandbox.credentials.services.keycloak.issuer}/webhooks`,
      token,
    );
    const wanted = {
      enabled: true,
      url: 'http://localhost:1024/hook',
      secret: 'hidden',
      eventTypes: ['*'],
    };
    const { status, location } = await webhooks.request('POST', '', wanted);
    expect(status).toBe(201);
    const path = `/${location?.split('/').pop()}`;
    const { body } = await webhooks.get(path);
    expect(body).toMatchObject({ url: wanted.url, eventTypes: ['*'] });
    expect(JSON.stringify(body)).not.toContain('hidden');
    await expect(
      webhooks.request('PUT', path, { ...wanted, enabled: false }),
    ).resolves.toMatchObject({ status: 204 });
    await expect(webhooks.request('DELETE', path)).resolves.toMatchObject({
      status: 204,
    });
    await expect(webhooks.get(path)).resolves.toMatchObject({ status: 404 });
    await expect(
      webhooks.request('POST', '', { url: 'file:///etc/passwd' }),
    ).resolves.toMatchObject({ status: 400 });
    const stranger = new AdminClient(
      `${sandbox.credentials.services.keycloak.issuer}/webhooks`,
      undefined,
    );
    await expect(stranger.get('')).resolves.toMatchObject({ status: 401 });
  });
});
