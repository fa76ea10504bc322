import { TestSandbox } from '../../testUtils';
import { Browser } from './__testUtils__/browser';
import { jwtPayload, OidcClient } from './__testUtils__/oidc-client';
import { personCalled, portalClient } from './__testUtils__/portal';

jest.setTimeout(60_000);

describe('log-in at the Keycloak stand-in', () => {
  let sandbox: TestSandbox;
  let origin: string;

  const portal = () =>
    new OidcClient(
      sandbox.credentials.services.keycloak.issuer,
      portalClient(sandbox.credentials),
    );
  const person = (name: string) => personCalled(sandbox.credentials, name);

  /** A browser in which somebody has logged in to the portal. */
  async function loggedIn(username: string) {
    const browser = new Browser(origin);
    const client = portal();
    const page = await client.begin(browser);
    const end = await browser.submit(page, {
      username,
      password: person(username).password,
    });
    return { browser, client, tokens: await client.redeem(end) };
  }

  beforeAll(async () => {
    sandbox = await TestSandbox.start({ services: ['keycloak'] });
    origin = sandbox.credentials.services.keycloak.url;
  });

  afterAll(() => sandbox?.stop());

  it("answers under Keycloak's addresses", async () => {
    const response = await fetch(
      `${sandbox.credentials.services.keycloak.issuer}/.well-known/openid-configuration`,
    );
    const endpoints = `${sandbox.credentials.services.keycloak.issuer}/protocol/openid-connect`;
    expect(await response.json()).toMatchObject({
      issuer: sandbox.credentials.services.keycloak.issuer,
      authorization_endpoint: `${endpoints}/auth`,
      token_endpoint: `${endpoints}/token`,
      userinfo_endpoint: `${endpoints}/userinfo`,
      end_session_endpoint: `${endpoints}/logout`,
      jwks_uri: `${endpoints}/certs`,
      revocation_endpoint: `${endpoints}/revoke`,
      introspection_endpoint: `${endpoints}/token/introspect`,
    });
  });

  it('gives the claims of a person in the ID token and from userinfo', async () => {
    const { client, tokens } = await loggedIn('bob');
    const claims = {
      preferred_username: 'bob',
      email: 'bob@acme.example',
      email_verified: true,
      name: 'Bob Tanaka',
      given_name: 'Bob',
      family_name: 'Tanaka',
      groups: ['/acme', '/acme/acme-developers'],
      organization: ['acme'],
      realm_access: { roles: ['default-roles-formulary', 'developer'] },
    };
    expect(jwtPayload(tokens.id_token)).toMatchObject(claims);
    const userinfo = await client.userinfo(tokens.access_token);
    expect(userinfo).toMatchObject(claims);
    expect(userinfo).not.toHaveProperty('id');
  });

  it('gives Mattermost a numeric id', async () => {
    const { login, url } = sandbox.credentials.services.mattermost;
    const mattermost = new OidcClient(
      sandbox.credentials.services.keycloak.issuer,
      {
        ...login,
        redirectUri: `${url}/signup/gitlab/complete`,
      },
    );
    const { browser } = await loggedIn('bob');
    const tokens = await mattermost.redeem(await mattermost.begin(browser));
    const { id } = await mattermost.userinfo(tokens.access_token);
    expect(id).toEqual(expect.any(Number));
  });

  it('takes an e-mail address as username, whatever its case', async () => {
    const browser = new Browser(origin);
    const end = await browser.submit(await portal().begin(browser), {
      username: 'Alice@ACME.example',
      password: person('alice').password,
    });
    expect(end.url.searchParams.get('code')).toBeTruthy();
  });

  it.each([
    ['a wrong password', 'bob'],
    ['an unknown username', 'nobody'],
  ])('stays on the page after %s', async (_what, username) => {
    const browser = new Browser(origin);
    const page = await browser.submit(await portal().begin(browser), {
      username,
      password: 'wrong',
    });
    expect(page.status).toBe(200);
    expect(page.html).toContain('Invalid username or password.');
    expect(page.html).toContain(`value="${username}"`);
  });

  it('asks nobody twice who has a session', async () => {
    const { browser } = await loggedIn('carol');
    const again = await portal().begin(browser, { prompt: 'none' });
    expect(again.url.searchParams.get('code')).toBeTruthy();
  });

  it('has no consent page, even for a client that asks for one', async () => {
    const browser = new Browser(origin);
    const client = portal();
    const page = await client.begin(browser, {
      prompt: 'consent',
      scope: 'openid offline_access',
    });
    const end = await browser.submit(page, {
      username: 'carol',
      password: person('carol').password,
    });
    await expect(client.redeem(end)).resolves.toHaveProperty('refresh_token');
  });

  it('lets several log-ins run in one browser', async () => {
    const browser = new Browser(origin);
    const [first, second] = [portal(), portal()];
    const firstPage = await first.begin(browser);
    const secondPage = await second.begin(browser);
    const login = {
      username: 'carol',
      password: person('carol').password,
    };
    const firstEnd = await browser.submit(firstPage, login);
    const secondEnd = await browser.submit(secondPage, login);
    await expect(first.redeem(firstEnd)).resolves.toHaveProperty('id_token');
    await expect(second.redeem(secondEnd)).resolves.toHaveProperty('id_token');
  });

  it('does not finish a log-in that another browser began', async () => {
    const page = await portal().begin(new Browser(origin));
    const victim = new Browser(origin);
    await portal().begin(victim);
    const answer = await victim.submit(page, {
      username: 'bob',
      password: person('bob').password,
    });
    expect(answer.status).toBe(400);
    expect(answer.html).toContain('Your login attempt timed out.');
  });

  it('sends nobody to an address that is not registered', async () => {
    const browser = new Browser(origin);
    const page = await portal().begin(browser, {
      redirect_uri: 'http://localhost:1/elsewhere',
    });
    expect(page.status).toBe(400);
    expect(page.html).toContain('We are sorry...');
  });

  it('keeps sessions and refresh tokens over a restart', async () => {
    const { browser, client, tokens } = await loggedIn('hugo');
    await sandbox.restart();
    const fresh = await client.refresh(tokens.refresh_token);
    expect(jwtPayload(fresh.id_token)).toMatchObject({
      preferred_username: 'hugo',
    });
    const again = await portal().begin(browser, { prompt: 'none' });
    expect(again.url.searchParams.get('code')).toBeTruthy();
  });

  it('asks before it logs out, and then ends the session and the tokens', async () => {
    const { browser, client, tokens } = await loggedIn('ivy');
    const account = await browser.open(
      `${sandbox.credentials.services.keycloak.issuer}/account`,
    );
    expect(account.html).toContain('ivy@globex.example');
    const question = await browser.follow(account, 'Log out');
    expect(question.html).toContain('Do you want to log out?');
    const end = await browser.submit(question, { logout: 'yes' });
    expect(end.html).toContain('You are logged out');
    expect((await portal().begin(browser)).html).toContain(
      'Sign in to your account',
    );
    await expect(client.refresh(tokens.refresh_token)).resolves.toMatchObject({
      error: 'invalid_grant',
    });
  });

  it('returns to the portal after a log-out that the portal began', async () => {
    const { browser, tokens } = await loggedIn('gina');
    const query = new URLSearchParams({
      id_token_hint: tokens.id_token,
      post_logout_redirect_uri: `${sandbox.credentials.portal.url}/home`,
    });
    const question = await browser.open(
      `${sandbox.credentials.services.keycloak.issuer}/protocol/openid-connect/logout?${query}`,
    );
    const end = await browser.submit(question, { logout: 'yes' });
    expect(end.url.href).toBe(`${sandbox.credentials.portal.url}/home`);
  });

  it('never prints a secret', () => {
    const { clientSecret } = sandbox.credentials.services.keycloak;
    expect(sandbox.printed.join('\n')).not.toContain(clientSecret);
  });
});
