import { join } from 'node:path';
import { environment, temporaryFolder } from '../__testUtils__/environment';
import { FakeTwenty } from '../__testUtils__/FakeTwenty';
import { Known } from '../Known';
import { Report } from '../report';
import { readSettings } from '../settings';
import { bootstrapTwenty } from './bootstrapTwenty';

describe('Twenty', () => {
  let twenty: FakeTwenty;
  let url: string;
  let folder: ReturnType<typeof temporaryFolder>;

  beforeEach(async () => {
    twenty = new FakeTwenty();
    url = await twenty.start();
    folder = temporaryFolder();
  });

  afterEach(async () => {
    await twenty.stop();
    folder.remove();
  });

  const run = async (more: Record<string, string> = {}) => {
    const settings = readSettings('twenty', {
      ...environment,
      TWENTY_URL: url,
      ...more,
    });
    const known = new Known(join(folder.path, 'portal.env'));
    const printed: string[] = [];
    const report = new Report(line => printed.push(line));
    await bootstrapTwenty(settings, known, report);
    return { known, report, printed };
  };

  it('signs up, makes the workspace and a key with the role of administrators', async () => {
    const { known, printed } = await run();
    expect(printed).toEqual([
      'Twenty: user bot@home.example created',
      'Twenty: workspace created',
      'Twenty: objects of the workspace created',
      'Twenty: API key of the portal created',
    ]);
    expect(known.get('TWENTY_TOKEN')).toBe(twenty.keys[0].token);
  });

  it('changes nothing on the second run', async () => {
    await run();
    twenty.operations.splice(0);
    const { report } = await run();
    expect(report.changed).toBe(false);
    expect(twenty.operations).toEqual([]);
  });

  it('goes on where a first run was cut off, and leaves one key', async () => {
    twenty.failNextKeyToken = true;
    await expect(run()).rejects.toThrow(
      'Twenty could not create the token of the API key',
    );
    const { printed } = await run();
    expect(printed).toEqual([
      'Twenty: user bot@home.example was there already',
      'Twenty: workspace was there already',
      'Twenty: API key of the portal updated',
    ]);
    expect(twenty.keys).toHaveLength(1);
  });

  it('activates a workspace that was made and never activated', async () => {
    twenty.user = {
      email: environment.TWENTY_ADMIN_EMAIL,
      password: environment.TWENTY_ADMIN_PASSWORD,
    };
    twenty.workspace = { active: false };
    const { printed } = await run();
    expect(printed).toContain('Twenty: objects of the workspace created');
  });

  it('takes a key from the environment when it is good', async () => {
    await run();
    const token = twenty.keys[0].token!;
    folder.remove();
    folder = temporaryFolder();
    const { known, report } = await run({ TWENTY_TOKEN: token });
    expect(report.changed).toBe(false);
    expect(known.get('TWENTY_TOKEN')).toBe(token);
  });

  it('refuses a key from the environment that is not', async () => {
    await expect(run({ TWENTY_TOKEN: 'expired' })).rejects.toThrow(
      'Twenty refuses TWENTY_TOKEN',
    );
  });

  it('says that the password is wrong, and how to make a key by hand', async () => {
    twenty.user = { email: environment.TWENTY_ADMIN_EMAIL, password: 'theirs' };
    await expect(run()).rejects.toThrow(
      /does not let bot@home\.example in .*Check TWENTY_ADMIN_PASSWORD.*set TWENTY_TOKEN/,
    );
  });

  it('says that sign-up is closed', async () => {
    twenty.signUpIsOpen = false;
    await expect(run()).rejects.toThrow(/takes no sign-ups.*set TWENTY_TOKEN/);
  });

  it('says that no role may be given to a key', async () => {
    twenty.roleForKeys = false;
    await expect(run()).rejects.toThrow(/no role that may change all settings/);
  });
});
