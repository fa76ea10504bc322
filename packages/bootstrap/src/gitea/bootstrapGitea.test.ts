import { join } from 'node:path';
import { environment, temporaryFolder } from '../__testUtils__/environment';
import { FakeGitea } from '../__testUtils__/FakeGitea';
import { Known } from '../Known';
import { Report } from '../report';
import { readSettings } from '../settings';
import { bootstrapGitea } from './bootstrapGitea';

describe('Gitea', () => {
  let gitea: FakeGitea;
  let url: string;
  let folder: ReturnType<typeof temporaryFolder>;

  beforeEach(async () => {
    gitea = new FakeGitea();
    url = await gitea.start();
    folder = temporaryFolder();
  });

  afterEach(async () => {
    await gitea.stop();
    folder.remove();
  });

  const run = async (more: Record<string, string> = {}) => {
    const settings = readSettings('gitea', {
      ...environment,
      GITEA_URL: url,
      GITEA_CLI: FakeGitea.program(url),
      ...more,
    });
    const known = new Known(join(folder.path, 'portal.env'));
    const printed: string[] = [];
    const report = new Report(line => printed.push(line));
    await bootstrapGitea(settings, known, report);
    return { known, report, printed };
  };

  it('makes the administrator, the token and the login source on the first run', async () => {
    const { known, printed } = await run();
    expect(printed).toEqual([
      'Gitea: administrator formulary-bot created',
      'Gitea: token of the portal created',
      'Gitea: login source keycloak created',
    ]);
    expect(gitea.sources[1].flags).toMatchObject({
      '--provider': 'openidConnect',
      '--key': 'gitea',
      '--secret': 'secret-of-gitea',
      '--auto-discover-url': `${environment.KEYCLOAK_URL}/realms/formulary/.well-known/openid-configuration`,
    });
    expect(known.get('GITEA_TOKEN')).toBe('token-1');
    expect(known.get('GITEA_OAUTH_SOURCE_ID')).toBe('7');
    expect(known.get('GITEA_HOST')).toBe(new URL(url).host);
  });

  it('changes nothing on the second run', async () => {
    await run();
    gitea.forgetChanges();
    const { report, known } = await run();
    expect(report.changed).toBe(false);
    expect(gitea.changes).toEqual([]);
    expect(known.get('GITEA_TOKEN')).toBe('token-1');
  });

  it('sets the secret of the login source again, which nobody can look at', async () => {
    await run();
    await run({ GITEA_LOGIN_SECRET: 'another-secret-of-gitea' });
    expect(gitea.sources[1].flags).toMatchObject({
      '--id': '7',
      '--secret': 'another-secret-of-gitea',
    });
    expect(gitea.sources).toHaveLength(2);
  });

  it('replaces a token that was made but never arrived', async () => {
    gitea.loseNextToken = true;
    await expect(run()).rejects.toThrow('Gitea could not create the token');
    const { printed, known } = await run();
    expect(printed).toEqual([
      'Gitea: administrator formulary-bot was there already',
      'Gitea: token of the portal updated',
      'Gitea: login source keycloak created',
    ]);
    expect(known.get('GITEA_TOKEN')).toBe('token-2');
    expect([...gitea.tokens.values()]).toEqual(['token-2']);
  });

  it('replaces a token that was revoked', async () => {
    await run();
    gitea.tokens.clear();
    const { known } = await run();
    expect(known.get('GITEA_TOKEN')).toBe('token-2');
  });

  it('says whose password is wrong and how to set it', async () => {
    await run();
    gitea.tokens.clear();
    await expect(
      run({ GITEA_ADMIN_PASSWORD: 'another-password' }),
    ).rejects.toThrow(
      /refuses the password of formulary-bot\. Set GITEA_ADMIN_PASSWORD/,
    );
  });

  it('takes the number of a login source from the environment where it has no program', async () => {
    gitea.administrators.set(
      environment.GITEA_ADMIN_USERNAME,
      environment.GITEA_ADMIN_PASSWORD,
    );
    const { known } = await run({ GITEA_CLI: '', GITEA_OAUTH_SOURCE_ID: '5' });
    expect(known.get('GITEA_OAUTH_SOURCE_ID')).toBe('5');
  });

  it('gives the commands to run where it has neither, without the secret', async () => {
    gitea.administrators.set(
      environment.GITEA_ADMIN_USERNAME,
      environment.GITEA_ADMIN_PASSWORD,
    );
    const failure = await run({ GITEA_CLI: '' }).catch(error => error);
    expect(failure.message).toContain('gitea admin auth add-oauth');
    expect(failure.message).toContain('GITEA_OAUTH_SOURCE_ID');
    expect(failure.message).not.toContain('secret-of-gitea');
  });

  it('names the program that can not be run, without any secret', async () => {
    const failure = await run({ GITEA_CLI: '/nowhere/gitea' }).catch(
      error => error,
    );
    expect(failure.message).toBe(
      'Gitea\'s program could not run "/nowhere/gitea admin user list": ENOENT. Check GITEA_CLI',
    );
  });
});
