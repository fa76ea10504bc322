import { FakeMattermost } from '../__testUtils__/FakeMattermost';
import { fakeTaskAccess } from '../__testUtils__/fakeTaskAccess';
import { runAction } from '@formulary/scaffolder-actions-test-utils';
import { createPostMessageAction } from './postMessage';

describe('mattermost:post-message', () => {
  let mattermost: FakeMattermost;
  let action: ReturnType<typeof createPostMessageAction>;

  beforeEach(async () => {
    mattermost = new FakeMattermost();
    action = createPostMessageAction({
      client: await mattermost.start(),
      taskAccess: fakeTaskAccess('admin'),
    });
    mattermost.addChannel(mattermost.addTeam('acme'), 'town-square');
  });

  afterEach(() => mattermost.stop());

  const input = { team: 'acme', channel: 'town-square', message: 'Ready.' };

  it('posts once for one key', async () => {
    const keyed = { ...input, key: 'repository-of-shop' };
    expect((await runAction(action, keyed)).outputs.created).toBe(true);
    const { outputs, messages } = await runAction(action, keyed);
    expect(outputs).toMatchObject({ created: false, postId: 'post-0' });
    expect(messages[0]).toContain('was not posted again');
    expect(mattermost.posts).toHaveLength(1);
  });

  it('posts once for one step of a run when no key is given', async () => {
    await runAction(action, input);
    await runAction(action, input);
    expect(mattermost.posts).toHaveLength(1);
    expect(mattermost.posts[0].props).toEqual({
      formulary_key: 'mock-task-id/mock-step-id',
    });
  });

  it('posts again for another key', async () => {
    await runAction(action, { ...input, key: 'one' });
    await runAction(action, { ...input, key: 'two' });
    expect(mattermost.posts).toHaveLength(2);
  });

  it('does not post twice when only the answer was lost', async () => {
    mattermost.loseNext = 'POST /posts';
    const { outputs } = await runAction(action, input);
    expect(outputs.created).toBe(true);
    expect(mattermost.posts).toHaveLength(1);
  });

  it('says which action makes the channel that is missing', async () => {
    await expect(
      runAction(action, { ...input, channel: 'nowhere' }),
    ).rejects.toThrow('Create it with mattermost:add-to-team');
  });
});
