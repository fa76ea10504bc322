import { createHmac } from 'node:crypto';
import { TestSandbox } from '../../testUtils';
import { AdminClient } from './__testUtils__/admin-client';
import { Browser } from './__testUtils__/browser';
import { OidcClient } from './__testUtils__/oidc-client';
import { portalClient } from './__testUtils__/portal';
import { WebhookReceiver } from './__testUtils__/webhook-receiver';

jest.setTimeout(60_000);

describe('sign-up at the Keycloak stand-in', () => {
  let receiver: WebhookReceiver;
  let sandbox: TestSandbox;

  const portal = () =>
    new OidcClient(
      sandbox.credentials.services.keycloak.issuer,
      portalClient(sandbox.credentials),
    );
  const newBrowser = () =>
    new Browser(sandbox.credentials.services.keycloak.url);

  /** The sign-up page of a log-in to the portal. */
  async function registration() {
    const browser = newBrowser();
    const client = portal();
    const page = await browser.follow(await client.begin(browser), 'Register');
    return { browser, client, page };
  }

  const form = (username: string, domain: string) => ({
    firstName: 'Noor',
    lastName: "O'Brien",
    email: `${username}@${domain}`,
    username,
    password: 'correct horse',
    'password-confirm': 'correct horse',
  });

  beforeAll(async () => {
    receiver = await WebhookReceiver.start();
    sandbox = await TestSandbox.start({
      services: ['keycloak'],
      portalPort: receiver.port,
    });
  });

  afterAll(async () => {
    await sandbox?.stop();
    await receiver?.stop();
  });

  it("makes the owner of an organisation's address a developer of it, and continues the log-in", async () => {
    const { browser, client, page } = await registration();
    const end = await browser.submit(page, form('Noor', 'acme.example'));
    const tokens = await client.redeem(end);
    expect(await client.userinfo(tokens.access_token)).toMatchObject({
      preferred_username: 'noor',
      email: 'noor@acme.example',
      email_verified: true,
      name: "Noor O'Brien",
      organization: ['acme'],
      groups: ['/acme', '/acme/acme-developers'],
      realm_access: { roles: ['default-roles-formulary', 'developer'] },
    });
  });

  it('tells the portal, with a signature over the body', async () => {
    const { browser, page } = await registration();
    await browser.submit(page, form('pia', 'globex.example'));
    const webhook = await receiver.next(({ body }) => body.includes('"pia"'));
    expect(webhook.path).toBe('/api/provisioning/webhooks/keycloak');
    const { webhookSecret, clientId } = sandbox.credentials.services.keycloak;
    expect(webhook.headers['x-keycloak-signature']).toBe(
      createHmac('sha256', webhookSecret).update(webhook.body).digest('hex'),
    );
    const event = JSON.parse(webhook.body);
    expect(event).toMatchObject({
      uid: expect.any(String),
      type: 'access.REGISTER',
      realmName: 'formulary',
      time: expect.any(Number),
      authDetails: {
        realmId: 'formulary',
        clientId,
        userId: expect.any(String),
        username: 'pia',
      },
      details: {
        username: 'pia',
        email: 'pia@globex.example',
        register_method: 'form',
      },
    });
  });

  it('gives the owner of another address neither organisation nor groups', async () => {
    const { browser, client, page } = await registration();
    const end = await browser.submit(page, form('stranger', 'mail.example'));
    const tokens = await client.redeem(end);
    const claims = await client.userinfo(tokens.access_token);
    expect(claims).toMatchObject({ email_verified: false });
    expect(claims).not.toHaveProperty('groups');
    expect(claims).not.toHaveProperty('organization');
  });

  it.each([
    [{ firstName: ' ' }, 'Please specify this field.'],
    [{ lastName: '' }, 'Please specify this field.'],
    [{ lastName: '<b>' }, 'Value contains invalid character.'],
    [{ email: '' }, 'Please specify email.'],
    [{ email: 'no address' }, 'Invalid email address.'],
    [{ email: 'BOB@acme.example' }, 'Email already exists.'],
    [{ username: '' }, 'Please specify username.'],
    [{ username: 'ab' }, 'Length must be between 3 and 255.'],
    [{ username: 'two words' }, 'Value contains invalid character.'],
    [{ username: 'BOB' }, 'Username already exists.'],
    [{ password: '' }, 'Please specify password.'],
    [{ password: 'short' }, 'Invalid password: minimum length 8.'],
    [
      { 'password-confirm': 'other' },
      'Password confirmation doesn&#39;t match.',
    ],
  ])('refuses %j', async (change, message) => {
    const { browser, page } = await registration();
    const answer = await browser.submit(page, {
      ...form('refused', 'acme.example'),
      ...change,
    });
    expect(answer.html).toContain(message);
    expect(answer.html).not.toContain('correct horse');
  });

  it('refuses somebody who is disabled, and ends their sessions', async () => {
    const { browser, client, page } = await registration();
    const end = await browser.submit(page, form('leaver', 'acme.example'));
    const tokens = await client.redeem(end);

    const { access_token: token } = await portal().serviceAccount();
    const admin = new AdminClient(
      `${
        new URL(sandbox.credentials.services.keycloak.issuer).origin
      }/admin/realms/formulary`,
      token,
    );
    const found = await admin.get('/users?username=leaver&exact=true');
    const [{ id }] = found.body as Array<{ id: string }>;
    await admin.request('PUT', `/users/${id}`, { enabled: false });

    await expect(client.refresh(tokens.refresh_token)).resolves.toMatchObject({
      error: 'invalid_grant',
    });
    const answer = await browser.submit(await portal().begin(browser), {
      username: 'leaver',
      password: 'correct horse',
    });
    expect(answer.html).toContain(
      'Account is disabled, contact your administrator.',
    );
  });
});
