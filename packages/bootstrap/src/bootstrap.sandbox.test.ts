import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { SandboxCredentials } from '@formulary/sandbox';
import { TestSandbox } from '@formulary/sandbox/testUtils';
import { environment, temporaryFolder } from './__testUtils__/environment';
import { bootstrap } from './bootstrap';
import { readEnvFile, writeEnvFile } from './envFile';

const root = dirname(require.resolve('../../../package.json'));

jest.setTimeout(120_000);

/**
 * The stand-ins have no first run: their administrators are there, with tokens.
 * What they do have is done for real: Gitea's tokens, Coder's templates, and
 * every check.
 */
describe('the bootstrap, against the sandbox', () => {
  const folder = temporaryFolder();
  const output = join(folder.path, 'generated');
  const printed: string[] = [];
  let sandbox: TestSandbox;
  let credentials: SandboxCredentials;
  let env: Record<string, string>;

  beforeAll(async () => {
    sandbox = await TestSandbox.start();
    ({ credentials } = sandbox);
    const { keycloak, gitea, coder, mattermost, twenty } = credentials.services;
    env = {
      ...environment,
      KEYCLOAK_URL: keycloak.url,
      GITEA_URL: gitea.url,
      GITEA_ADMIN_USERNAME: gitea.username,
      // Gitea takes a token for the password of Basic authentication too.
      GITEA_ADMIN_PASSWORD: gitea.token,
      GITEA_OAUTH_SOURCE_ID: String(gitea.oauthSourceId),
      CODER_URL: coder.url,
      CODER_TOKEN: coder.token,
      FORMULAS_DIRECTORY: join(root, 'formulas'),
      MATTERMOST_URL: mattermost.url,
      MATTERMOST_TOKEN: mattermost.token,
      MATTERMOST_SSO_MODE: 'openid',
      TWENTY_URL: twenty.url,
      TWENTY_TOKEN: twenty.token,
    };
  });

  afterAll(async () => {
    await sandbox?.stop();
    folder.remove();
  });

  const run = async (...args: string[]) => {
    printed.splice(0);
    return bootstrap([...args, '--output', output], env, line =>
      printed.push(line),
    );
  };
  const services = ['--only', 'gitea,coder,mattermost,twenty'];
  const secrets = () => [
    credentials.services.gitea.token,
    credentials.services.coder.token,
    credentials.services.mattermost.token,
    credentials.services.twenty.token,
  ];

  it('prepares what there is and writes both files, secret and without a secret in the log', async () => {
    await expect(run(...services)).resolves.toBe(0);
    expect(printed).toContain('Gitea: token of the portal created');
    expect(printed).toContain(
      'Coder: template fullstack-dev was there already',
    );
    const portal = readEnvFile(join(output, 'portal.env'));
    expect(portal.GITEA_TOKEN).toMatch(/^[0-9a-f]{40}$/);
    const contract = readEnvFile(join(output, 'contract.env'));
    expect(contract.FORMULARY_CONTRACT_CODER_URL).toBe(env.CODER_URL);
    for (const name of ['portal.env', 'contract.env']) {
      expect(statSync(join(output, name)).mode % 0o1000).toBe(0o600);
    }
    for (const secret of [...secrets(), portal.GITEA_TOKEN]) {
      expect(printed.join('\n')).not.toContain(secret);
    }
  });

  it('changes nothing when it is run again', async () => {
    const before = readFileSync(join(output, 'portal.env'), 'utf8');
    await expect(run(...services)).resolves.toBe(0);
    expect(printed.at(-1)).toBe('Everything was there already');
    expect(readFileSync(join(output, 'portal.env'), 'utf8')).toBe(before);
  });

  it('checks every service with what it wrote', async () => {
    const file = join(output, 'portal.env');
    const { keycloak } = credentials.services;
    // What the step for Keycloak would have written.
    writeEnvFile(
      file,
      {
        ...readEnvFile(file),
        OIDC_ISSUER: keycloak.issuer,
        OIDC_METADATA_URL: keycloak.issuer,
        OIDC_CLIENT_ID: keycloak.clientId,
        OIDC_CLIENT_SECRET: keycloak.clientSecret,
        KEYCLOAK_URL: keycloak.url,
        KEYCLOAK_REALM: keycloak.realm,
        KEYCLOAK_CLIENT_ID: keycloak.clientId,
        KEYCLOAK_CLIENT_SECRET: keycloak.clientSecret,
        KEYCLOAK_WEBHOOK_SECRET: keycloak.webhookSecret,
      },
      'Environment',
    );
    const code = await run('check');
    expect(printed).toEqual([
      'ok   portal: every variable is set',
      expect.stringMatching(/^ok {3}keycloak: \d+ people, issuer/),
      expect.stringMatching(/^ok {3}gitea: version/),
      expect.stringMatching(/^ok {3}coder: token of/),
      expect.stringMatching(/^ok {3}mattermost: version .*"openid"/),
      expect.stringMatching(/^ok {3}twenty: version/),
    ]);
    expect(code).toBe(0);
  });

  it('tells which token is not good any more, and fails', async () => {
    const file = join(output, 'portal.env');
    writeEnvFile(
      file,
      { ...readEnvFile(file), CODER_TOKEN: 'not-a-token' },
      'Environment',
    );
    await expect(run('check', '--only', 'coder')).resolves.toBe(1);
    expect(printed[1]).toMatch(/^FAIL coder: Coder could not read the user me/);
    expect(printed[1]).not.toContain('not-a-token');
  });

  it('prepares the others when one service fails, and says which did', async () => {
    env.CODER_TOKEN = 'not-a-token';
    await expect(run(...services)).rejects.toThrow('Not prepared: coder');
    expect(printed).toContainEqual(
      expect.stringMatching(/^FAILED coder: Coder refuses CODER_TOKEN/),
    );
    expect(printed).toContain(
      'Twenty: API key of the portal was there already',
    );
  });
});
