import { FakeMattermost } from '../__testUtils__/FakeMattermost';
import { fakeTaskAccess, organizations } from '../__testUtils__/fakeTaskAccess';
import { runAction } from '@formulary/scaffolder-actions-test-utils';
import { createAddToTeamAction } from './addToTeam';

describe('mattermost:add-to-team', () => {
  let mattermost: FakeMattermost;
  let action: ReturnType<typeof createAddToTeamAction>;

  beforeEach(async () => {
    mattermost = new FakeMattermost();
    action = createAddToTeamAction({
      client: await mattermost.start(),
      taskAccess: fakeTaskAccess('admin'),
      organizations,
    });
    mattermost.addUser('bob');
  });

  afterEach(() => mattermost.stop());

  type Input = Parameters<typeof action.handler>[0]['input'];
  const run = (input: Input, more?: Parameters<typeof runAction>[2]) =>
    runAction(action, input, more);

  const input: Input = {
    username: 'bob',
    team: { name: 'acme' },
    channels: [
      {
        name: 'deployments',
        private: true,
        purpose: 'Releases',
        header: 'See the **handbook**',
      },
    ],
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
          created: true,
        },
      ],
      created: true,
      rollback: [
        {
          service: 'mattermost',
          description:
            'Archive the channel deployments of the team acme, unless others have joined it',
          action: 'mattermost:archive-channel',
          input: { username: 'bob', team: 'acme', channel: 'deployments' },
        },
        {
          service: 'mattermost',
          description: 'Remove bob from the team acme',
          action: 'mattermost:remove-from-team',
          input: { username: 'bob', team: 'acme' },
        },
      ],
    });
    expect(mattermost.teams[0].display_name).toBe('Acme');
    expect(mattermost.channels[0]).toMatchObject({
      display_name: 'Deployments',
      type: 'P',
      purpose: 'Releases',
      header: 'See the **handbook**',
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
    expect(outputs).toMatchObject({ created: false, rollback: [] });
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
      'There is no Mattermost channel "deployments" in the team acme that bob may join, and the template does not allow to create it',
    );
    expect(mattermost.channels).toEqual([]);
  });

  it('undoes only the membership of a channel that was there', async () => {
    const acme = mattermost.addTeam('acme');
    mattermost.addChannel(acme, 'deployments');
    mattermost.join(acme, mattermost.users[1]);
    const { outputs, messages } = await run(input);
    expect(outputs.rollback).toEqual([
      expect.objectContaining({
        action: 'mattermost:remove-from-team',
        input: { username: 'bob', team: 'acme', channels: ['deployments'] },
      }),
    ]);
    expect(messages).toContainEqual(
      expect.stringMatching(/left as it is: public, not as the template wants/),
    );
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
