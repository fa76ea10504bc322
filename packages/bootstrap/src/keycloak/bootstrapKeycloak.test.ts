import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { environment, temporaryFolder } from '../__testUtils__/environment';
import { FakeKeycloak } from '../__testUtils__/FakeKeycloak';
import { Known } from '../Known';
import { Report } from '../report';
import { readSettings } from '../settings';
import { bootstrapKeycloak } from './bootstrapKeycloak';
import { prepareJourneys } from './journeys';

describe('Keycloak', () => {
  let keycloak: FakeKeycloak;
  let url: string;
  let folder: ReturnType<typeof temporaryFolder>;

  beforeEach(async () => {
    keycloak = new FakeKeycloak();
    url = await keycloak.start();
    folder = temporaryFolder();
  });

  afterEach(async () => {
    await keycloak.stop();
    folder.remove();
  });

  const run = async (more: Record<string, string> = {}) => {
    const settings = readSettings('keycloak', {
      ...environment,
      KEYCLOAK_URL: url,
      ...more,
    });
    const known = new Known(join(folder.path, 'portal.env'));
    const report = new Report(() => {});
    await bootstrapKeycloak(settings, known, report);
    return { known, report };
  };
  const clientOf = (clientId: string) =>
    keycloak.clients.find(client => client.clientId === clientId)!;

  it('makes everything on the first run', async () => {
    const { known, report } = await run();
    expect(report.lines.map(({ outcome }) => outcome)).not.toContain(
      'was there already',
    );
    expect(keycloak.realm).toMatchObject({
      realm: 'formulary',
      organizationsEnabled: true,
      registrationAllowed: true,
      accessTokenLifespan: 900,
      verifyEmail: false,
    });
    expect(clientOf('formulary')).toMatchObject({
      secret: 'secret-of-sign-in',
      redirectUris: ['http://portal.test:7007/api/auth/oidc/handler/frame'],
    });
    expect(clientOf('gitea').redirectUris).toEqual([
      `${environment.GITEA_URL}/user/oauth2/keycloak/callback`,
    ]);
    expect(clientOf('formulary-sync')).toMatchObject({
      serviceAccountsEnabled: true,
      standardFlowEnabled: false,
    });
    expect(known.get('OIDC_ISSUER')).toBe(`${url}/realms/formulary`);
  });

  it('gives the portal organisations and groups without being asked', async () => {
    await run();
    const { id, protocolMappers } = clientOf('formulary');
    const organization = keycloak.scopes.find(
      scope => scope.name === 'organization',
    )!;
    expect([...keycloak.defaultScopes.get(id)!]).toEqual([organization.id]);
    expect(protocolMappers).toEqual([
      expect.objectContaining({
        name: 'groups',
        config: expect.objectContaining({ 'full.path': 'true' }),
      }),
    ]);
  });

  it('lets Mattermost read a number as id, and userinfo without asking for openid', async () => {
    await run();
    const { id, protocolMappers } = clientOf('mattermost');
    expect(protocolMappers).toContainEqual(
      expect.objectContaining({
        config: expect.objectContaining({
          'user.attribute': 'mattermostId',
          'claim.name': 'id',
          'jsonType.label': 'long',
        }),
      }),
    );
    const openid = keycloak.scopes.find(({ name }) => name === 'openid')!;
    expect(keycloak.defaultScopes.get(id)).toContain(openid.id);
    expect(keycloak.users[0].attributes).toEqual({ mattermostId: ['1'] });
    expect(keycloak.profile.attributes).toContainEqual(
      expect.objectContaining({
        name: 'mattermostId',
        permissions: { view: ['admin'], edit: ['admin'] },
      }),
    );
  });

  it('lets the portal read people, groups, roles and organisations', async () => {
    await run();
    expect([...keycloak.granted]).toEqual([
      'view-users',
      'query-users',
      'query-groups',
      'view-realm',
    ]);
  });

  it('changes nothing on the second run', async () => {
    await run();
    keycloak.forgetChanges();
    const { report } = await run();
    expect(report.changed).toBe(false);
    expect(keycloak.changes).toEqual([]);
  });

  it('goes on where a first run was cut off', async () => {
    keycloak.failOnce = 'POST /admin/realms/formulary/groups';
    await expect(run()).rejects.toThrow(
      'Keycloak could not prepare the organisations: unknown_error (HTTP 500)',
    );
    await run();
    expect(keycloak.organizations).toHaveLength(2);
    expect(keycloak.groups.map(({ name }) => name)).toEqual([
      'home',
      'acme',
      'platform',
    ]);
    expect(keycloak.webhooks).toHaveLength(1);
  });

  it('sets right what somebody changed, and what has a new value', async () => {
    await run();
    clientOf('gitea').redirectUris = ['*'];
    keycloak.webhooks[0].enabled = false;
    keycloak.forgetChanges();
    const { report } = await run({ OIDC_CLIENT_SECRET: 'another-secret-1' });
    expect(
      report.lines.filter(({ outcome }) => outcome !== 'was there already'),
    ).toEqual([
      expect.objectContaining({ subject: 'client formulary' }),
      expect.objectContaining({ subject: 'client gitea' }),
      expect.objectContaining({ subject: 'webhook of the portal' }),
    ]);
    expect(clientOf('formulary').secret).toBe('another-secret-1');
  });

  it('replaces the secret of the webhook when it is another', async () => {
    await run();
    await run({ KEYCLOAK_WEBHOOK_SECRET: 'another-secret-2' });
    expect(keycloak.webhooks).toEqual([
      expect.objectContaining({ secret: 'another-secret-2' }),
    ]);
  });

  it('says which variables are wrong when the credentials are refused', async () => {
    await expect(
      run({ KEYCLOAK_ADMIN_PASSWORD: 'wrong-password' }),
    ).rejects.toThrow(/KEYCLOAK_ADMIN_USERNAME and KEYCLOAK_ADMIN_PASSWORD/);
  });

  it('says that the extension is missing', async () => {
    keycloak.hasWebhooks = false;
    await expect(run()).rejects.toThrow(/keycloak-events is not installed/);
  });

  it('says that nobody answers', async () => {
    await expect(
      run({ KEYCLOAK_URL: 'http://127.0.0.1:65534' }),
    ).rejects.toThrow(/127\.0\.0\.1:65534 does not answer/);
  });

  it('makes the people of the journeys once, with passwords that stay', async () => {
    const file = join(folder.path, 'journeys.json');
    const prepare = async () => {
      const settings = readSettings('keycloak', {
        ...environment,
        KEYCLOAK_URL: url,
        ORGANISATIONS:
          'home=home.example,acme=acme.example,globex=globex.example',
      });
      const report = new Report(() => {});
      await prepareJourneys(settings, {}, file, report);
      return { report, content: readFileSync(file, 'utf8') };
    };
    await run({
      ORGANISATIONS:
        'home=home.example,acme=acme.example,globex=globex.example',
    });
    const first = await prepare();
    expect(statSync(file).mode % 0o1000).toBe(0o600);
    expect(JSON.parse(first.content).people).toContainEqual(
      expect.objectContaining({ username: 'hugo', organisation: 'globex' }),
    );
    keycloak.forgetChanges();
    const second = await prepare();
    expect(second.report.changed).toBe(false);
    expect(second.content).toBe(first.content);
    expect(keycloak.changes).toEqual([]);
    expect(keycloak.users.map(user => user.attributes)).toEqual(
      ['1', '2', '3', '4', '5'].map(id => ({ mattermostId: [id] })),
    );
  });

  it('says which organisation the journeys need', async () => {
    const settings = readSettings('keycloak', {
      ...environment,
      KEYCLOAK_URL: url,
    });
    await expect(
      prepareJourneys(
        settings,
        {},
        join(folder.path, 'j.json'),
        new Report(() => {}),
      ),
    ).rejects.toThrow(/need the organisation globex/);
  });
});
