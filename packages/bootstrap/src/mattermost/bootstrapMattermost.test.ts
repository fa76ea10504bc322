import { join } from 'node:path';
import { environment, temporaryFolder } from '../__testUtils__/environment';
import { FakeMattermost } from '../__testUtils__/FakeMattermost';
import { Known } from '../Known';
import { Report } from '../report';
import { readSettings } from '../settings';
import { bootstrapMattermost } from './bootstrapMattermost';

describe('Mattermost', () => {
  let mattermost: FakeMattermost;
  let url: string;
  let folder: ReturnType<typeof temporaryFolder>;

  beforeEach(async () => {
    mattermost = new FakeMattermost();
    url = await mattermost.start();
    folder = temporaryFolder();
  });

  afterEach(async () => {
    await mattermost.stop();
    folder.remove();
  });

  const run = async (more: Record<string, string> = {}) => {
    const settings = readSettings('mattermost', {
      ...environment,
      MATTERMOST_URL: url,
      ...more,
    });
    const known = new Known(join(folder.path, 'portal.env'));
    const printed: string[] = [];
    const report = new Report(line => printed.push(line));
    await bootstrapMattermost(settings, known, report);
    return { known, report, printed };
  };

  it('makes the administrator, the log-in, the bot and the token on the first run', async () => {
    const { known, printed } = await run();
    expect(printed).toEqual([
      'Mattermost: administrator formulary-admin created',
      'Mattermost: configuration with log-in "gitlab" updated',
      'Mattermost: bot formulary-bot created',
      'Mattermost: token of the portal created',
    ]);
    const keycloak = `${environment.KEYCLOAK_URL}/realms/formulary/protocol/openid-connect`;
    expect(mattermost.config.GitLabSettings).toMatchObject({
      Enable: true,
      Id: 'mattermost',
      Secret: 'secret-of-mattermost',
      Scope: '',
      AuthEndpoint: `${keycloak}/auth`,
      TokenEndpoint: `${keycloak}/token`,
      UserAPIEndpoint: `${keycloak}/userinfo`,
    });
    expect(mattermost.users[1]).toMatchObject({
      username: 'formulary-bot',
      roles: 'system_user system_admin',
    });
    expect(known.get('MATTERMOST_TOKEN')).toBe('token-1');
    expect(known.get('MATTERMOST_SSO_MODE')).toBe('gitlab');
  });

  it('leaves everything as it is on the second run', async () => {
    await run();
    const before = structuredClone(mattermost.config);
    mattermost.forgetChanges();
    const { report } = await run();
    expect(report.changed).toBe(false);
    // The secret can't be looked at, and so is sent again.
    expect(mattermost.changes).toEqual(['PUT /api/v4/config/patch']);
    expect(mattermost.config).toEqual(before);
  });

  it('sends a new secret although it can not see the old one', async () => {
    await run();
    await run({ MATTERMOST_LOGIN_SECRET: 'another-secret-of-m' });
    expect(mattermost.config.GitLabSettings.Secret).toBe('another-secret-of-m');
  });

  it('goes on where a first run was cut off', async () => {
    mattermost.failNextToken = true;
    await expect(run()).rejects.toThrow(
      'Mattermost could not create the token',
    );
    const { printed } = await run();
    expect(printed).toEqual([
      'Mattermost: administrator formulary-admin was there already',
      'Mattermost: configuration with log-in "gitlab" was there already',
      'Mattermost: bot formulary-bot was there already',
      'Mattermost: token of the portal created',
    ]);
  });

  it('makes a bot that is there a system admin', async () => {
    await run();
    mattermost.users[1].roles = 'system_user';
    const { printed } = await run();
    expect(printed).toContain('Mattermost: bot formulary-bot updated');
    expect(mattermost.users[1].roles).toContain('system_admin');
  });

  it('configures the OpenID provider of a licensed server', async () => {
    await run({ MATTERMOST_SSO_MODE: 'openid' });
    expect(mattermost.config.OpenIdSettings).toMatchObject({
      Enable: true,
      DiscoveryEndpoint: expect.stringContaining('/.well-known/'),
    });
    expect(mattermost.config.GitLabSettings.Enable).toBe(false);
  });

  it('says that the password is wrong on a server that has users', async () => {
    await run();
    await expect(
      run({ MATTERMOST_ADMIN_PASSWORD: 'another-password' }),
    ).rejects.toThrow(
      /refuses the password of formulary-admin, and has users already/,
    );
  });

  it('says that a variable of the server keeps the configuration as it is', async () => {
    mattermost.fixed.add('GitLabSettings.Id');
    await expect(run()).rejects.toThrow(/environment variable \(MM_…\)/);
  });

  it('refuses a given token that is nobody’s', async () => {
    await expect(run({ MATTERMOST_TOKEN: 'nobody' })).rejects.toThrow(
      'Mattermost refuses MATTERMOST_TOKEN',
    );
  });
});
