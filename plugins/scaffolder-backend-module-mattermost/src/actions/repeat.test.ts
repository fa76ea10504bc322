import { Checkpoints } from '@formulary/scaffolder-actions-test-utils';
import { FakeMattermost } from '../__testUtils__/FakeMattermost';
import {
  fakeTaskAccess,
  organizations,
  statusOfBob,
} from '../__testUtils__/fakeTaskAccess';
import { runAction } from '@formulary/scaffolder-actions-test-utils';
import { createAddToTeamAction } from './addToTeam';
import { createCreateUserAction } from './createUser';
import { createPostMessageAction } from './postMessage';

type Options = Parameters<typeof createAddToTeamAction>[0];

describe('an action that goes on after the process died', () => {
  let mattermost: FakeMattermost;
  let options: Options;

  beforeEach(async () => {
    mattermost = new FakeMattermost();
    options = {
      client: await mattermost.start(),
      taskAccess: fakeTaskAccess(statusOfBob()),
      organizations,
    };
  });

  afterEach(() => mattermost.stop());

  /** After the work of a checkpoint, before that was stored. */
  const dieAndGoOn = async (
    key: RegExp,
    run: (checkpoints: Checkpoints) => ReturnType<typeof runAction>,
  ) => {
    const checkpoints = new Checkpoints();
    checkpoints.dieAfter(key);
    await expect(run(checkpoints)).rejects.toThrow('the process died');
    return run(checkpoints);
  };

  const join = (checkpoints: Checkpoints) =>
    runAction(
      createAddToTeamAction(options),
      {
        username: 'bob',
        team: { name: 'acme-shop' },
        channels: [{ name: 'secret', private: true }],
      },
      checkpoints,
    );

  it.each([
    ['the team was made', /^team\.acme-shop$/],
    ['the user was in the team', /^team\..*member/],
    ['the private channel was made', /^channel\.acme-shop\.secret$/],
    ['the user was in the channel', /^channel\..*member/],
  ])(
    'finishes mattermost:add-to-team when it died after %s',
    async (_what, key) => {
      mattermost.addUser('bob');
      const { outputs } = await dieAndGoOn(key, join);
      expect(mattermost.teams).toHaveLength(1);
      expect(mattermost.channels).toHaveLength(1);
      expect(mattermost.changes).toHaveLength(4);
      expect(outputs).toMatchObject({
        created: true,
        rollback: [
          { action: 'mattermost:archive-channel' },
          { action: 'mattermost:remove-from-team' },
        ],
      });
    },
  );

  it('does not let a task go on into a team that another one made meanwhile', async () => {
    mattermost.addUser('bob');
    const checkpoints = new Checkpoints();
    mattermost.refuseNext = {
      call: 'POST /teams',
      status: 400,
      id: 'api.team.create_team.disabled',
    };
    await expect(join(checkpoints)).rejects.toThrow('create the team');
    mattermost.addTeam('acme-shop', {
      description: 'Made by the portal, task of-somebody-else',
    });
    await expect(join(checkpoints)).rejects.toMatchObject({
      name: 'NotAllowedError',
    });
  });

  it('makes one user', async () => {
    const { outputs } = await dieAndGoOn(/^user/, checkpoints =>
      runAction(
        createCreateUserAction(options),
        {
          username: 'bob',
          email: 'bob@acme.example',
          authData: 'sub-of-bob',
        },
        checkpoints,
      ),
    );
    expect(mattermost.changes).toEqual(['POST /users']);
    expect(outputs.created).toBe(true);
  });

  it('posts one message', async () => {
    const bob = mattermost.addUser('bob');
    const acme = mattermost.addTeam('acme');
    mattermost.join(mattermost.addChannel(acme, 'news'), bob);
    const { outputs } = await dieAndGoOn(/^post/, checkpoints =>
      runAction(
        createPostMessageAction(options),
        { team: 'acme', channel: 'news', message: 'Ready.' },
        checkpoints,
      ),
    );
    expect(mattermost.posts).toHaveLength(1);
    expect(outputs.created).toBe(true);
  });
});
