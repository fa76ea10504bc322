import { FakeMattermost } from '../__testUtils__/FakeMattermost';
import { runAction } from '../__testUtils__/runAction';
import { createAddToTeamAction } from './addToTeam';

describe('mattermost:add-to-team', () => {
  let mattermost: FakeMattermost;
  let action: ReturnType<typeof createAddToTeamAction>;

  beforeEach(async () => {
    mattermost = new FakeMattermost();
    action = createAddToTeamAction(await mattermost.start());
    mattermost.addUser('bob');
  });

  afterEach(() => mattermost.stop());

  type Input = Parameters<typeof action.handler>[0]['input'];
  const run = (input: Input, more?: Parameters<typeof runAction>[2]) =>
    runAction(action, input, more);

  const input: Input = {
    username: 'bob',
    team: { name: 'acme' },
    channels: [{ name: 'deployments', private: true, purpose: 'Releases' }],
  };

  it('creates team and channel and adds the user to both', async () => {
    const { outputs } = await run(input);
    expect(outputs).toEqual({
      teamId: 'team-acme',
      teamUrl: expect.stringMatching(/^http.*\/acme$/),
      channels: [
        {
          id: 'channel-deployments',
          name: 'deployments',
          url: expect.stringMatching(/\/acme\/channels\/deployments$/),
        },
      ],
      created: true,
    });
    expect(mattermost.teams[0].display_name).toBe('Acme');
    expect(mattermost.channels[0]).toMatchObject({
      display_name: 'Deployments',
      type: 'P',
      purpose: 'Releases',
    });
    expect([...mattermost.members]).toEqual([
      'team-acme:id-of-bob',
      'channel-deployments:id-of-bob',
    ]);
  });

  it('changes nothing the second time and says so', async () => {
    await run(input);
    mattermost.changes.length = 0;
    const { outputs, messages } = await run(input);
    expect(outputs.created).toBe(false);
    expect(mattermost.changes).toEqual([]);
    expect(messages).toEqual([
      expect.stringContaining('was there already and was left as it is'),
      'bob was in the team acme already',
      expect.stringContaining('was there already and was left as it is'),
      'bob was in the channel deployments already',
    ]);
  });

  it('finds what it created when only the answer was lost', async () => {
    mattermost.loseNext = 'POST /teams';
    const { outputs } = await run(input);
    expect(outputs.created).toBe(true);
    expect(mattermost.teams).toHaveLength(1);
  });

  it('creates nothing when it may not', async () => {
    mattermost.addTeam('acme');
    await expect(run({ ...input, createMissing: false })).rejects.toThrow(
      'There is no Mattermost channel "deployments", and the template does not allow to create it',
    );
    expect(mattermost.channels).toEqual([]);
  });

  it('refuses an archived channel', async () => {
    const team = mattermost.addTeam('acme');
    mattermost.addChannel(team, 'deployments', { delete_at: 5 });
    await expect(run(input)).rejects.toThrow('is archived');
  });

  it('says which step to run first when there is no such user', async () => {
    await expect(run({ ...input, username: 'eve' })).rejects.toThrow(
      'There is no Mattermost user called "eve". Run platform:pre-provision-user before',
    );
  });

  it('refuses a deactivated user', async () => {
    mattermost.addUser('dan', { delete_at: 5 });
    await expect(run({ ...input, username: 'dan' })).rejects.toThrow(
      'is deactivated',
    );
  });

  it('calls nothing in a dry run, even for a user who is not there yet', async () => {
    const { outputs, messages } = await run(
      { ...input, username: 'eve' },
      { isDryRun: true },
    );
    expect(outputs.teamUrl).toMatch(/\/acme$/);
    expect(messages).toEqual(['Would add eve to acme, deployments']);
    expect(mattermost.changes).toEqual([]);
  });

  it('stops when the task is cancelled', async () => {
    const signal = AbortSignal.abort(new Error('cancelled'));
    await expect(run(input, { signal })).rejects.toThrow();
    expect(mattermost.changes).toEqual([]);
  });
});
