import { FakeMattermost } from '../__testUtils__/FakeMattermost';
import { fakeTaskAccess } from '../__testUtils__/fakeTaskAccess';
import { runAction } from '@formulary/scaffolder-actions-test-utils';
import { createCreateUserAction } from './createUser';

describe('mattermost:create-user', () => {
  let mattermost: FakeMattermost;
  let action: ReturnType<typeof createCreateUserAction>;

  beforeEach(async () => {
    mattermost = new FakeMattermost();
    action = createCreateUserAction({
      client: await mattermost.start(),
      taskAccess: fakeTaskAccess('admin'),
    });
  });

  afterEach(() => mattermost.stop());

  const input = {
    username: 'bob',
    email: 'bob@acme.example',
    authData: 'sub-of-bob',
  };

  it('creates a linked user', async () => {
    const { outputs } = await runAction(action, input);
    expect(outputs).toEqual({
      userId: 'id-of-bob',
      username: 'bob',
      url: expect.stringMatching(/^http/),
      created: true,
      rollback: [],
    });
    expect(mattermost.users[1]).toMatchObject({
      auth_service: 'openid',
      auth_data: 'sub-of-bob',
    });
  });

  it('leaves the user as they are the second time', async () => {
    await runAction(action, input);
    const { outputs, messages } = await runAction(action, input);
    expect(outputs.created).toBe(false);
    expect(messages[0]).toContain('was there already');
    expect(mattermost.users).toHaveLength(2);
  });

  it('refuses a name or address that belongs to another identity', async () => {
    mattermost.addUser('robert', {
      email: 'bob@acme.example',
      auth_data: 'sub-of-robert',
    });
    await expect(runAction(action, input)).rejects.toThrow(
      'the account robert has that name or e-mail, with another log-in',
    );
    expect(mattermost.changes).toEqual([]);
  });

  it('calls nothing in a dry run', async () => {
    await runAction(action, input, { isDryRun: true });
    expect(mattermost.changes).toEqual([]);
  });
});
