import { join } from 'node:path';
import { environment, temporaryFolder } from '../__testUtils__/environment';
import { FakeCoder } from '../__testUtils__/FakeCoder';
import { Known } from '../Known';
import { Report } from '../report';
import { readSettings } from '../settings';
import { bootstrapCoder } from './bootstrapCoder';

describe('Coder', () => {
  let coder: FakeCoder;
  let url: string;
  let folder: ReturnType<typeof temporaryFolder>;

  beforeEach(async () => {
    coder = new FakeCoder();
    url = await coder.start();
    folder = temporaryFolder();
  });

  afterEach(async () => {
    await coder.stop();
    folder.remove();
  });

  // Templates are pushed to the sandbox's stand-in, in bootstrap.sandbox.test.ts.
  const run = async (more: Record<string, string> = {}) => {
    const settings = readSettings('coder', {
      ...environment,
      CODER_URL: url,
      FORMULAS_DIRECTORY: folder.path,
      ...more,
    });
    const known = new Known(join(folder.path, 'portal.env'));
    const printed: string[] = [];
    const report = new Report(line => printed.push(line));
    await bootstrapCoder(settings, known, report);
    return { known, report, printed };
  };

  it('makes the first user and a token on the first run', async () => {
    const { known, printed } = await run();
    expect(printed).toEqual([
      'Coder: first user created',
      'Coder: token of the portal created',
    ]);
    expect(coder.user).toMatchObject({
      username: 'formulary-bot',
      email: 'bot@home.example',
    });
    expect(known.get('CODER_TOKEN')).toBe('key-1');
  });

  it('asks for no longer life of the token than the server gives', async () => {
    await run();
    expect(coder.lifetimes).toEqual([coder.maxTokenLifetime]);
  });

  it('asks for a year where the server gives more', async () => {
    coder.maxTokenLifetime = 100 * 365 * 24 * 3600 * 1e9;
    await run();
    expect(coder.lifetimes).toEqual([365 * 24 * 3600 * 1e9]);
  });

  it('changes nothing on the second run', async () => {
    await run();
    coder.forgetChanges();
    const { report } = await run();
    expect(report.changed).toBe(false);
    expect(coder.changes).toEqual([]);
  });

  it('replaces a token that was made but never arrived', async () => {
    coder.loseNextToken = true;
    await expect(run()).rejects.toThrow('Coder could not create the token');
    const { known, printed } = await run();
    expect(printed).toEqual([
      'Coder: first user was there already',
      'Coder: token of the portal updated',
    ]);
    expect(known.get('CODER_TOKEN')).toBe('key-2');
    expect(coder.tokens).toHaveLength(1);
  });

  it('replaces a token that has expired', async () => {
    await run();
    coder.tokens.splice(0);
    const { known } = await run();
    expect(known.get('CODER_TOKEN')).toBe('key-2');
  });

  it('says whose password is wrong and what else there is', async () => {
    coder.user = { email: 'somebody@else.example', password: 'theirs' };
    await expect(run()).rejects.toThrow(
      /refuses the password of bot@home\.example\. Set CODER_ADMIN_EMAIL and CODER_ADMIN_PASSWORD/,
    );
  });

  it('says that a given token is refused', async () => {
    await expect(run({ CODER_TOKEN: 'expired' })).rejects.toThrow(
      'Coder refuses CODER_TOKEN',
    );
  });

  it('says that the folder of formulas is not there', async () => {
    await expect(run({ FORMULAS_DIRECTORY: '/nowhere' })).rejects.toThrow(
      /no folder \/nowhere with formulas\. Set FORMULAS_DIRECTORY/,
    );
  });
});
