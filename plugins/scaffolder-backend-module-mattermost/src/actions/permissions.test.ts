import { FakeMattermost } from '../__testUtils__/FakeMattermost';
import {
  fakeTaskAccess,
  organizations,
  statusOfBob,
} from '../__testUtils__/fakeTaskAccess';
import { runAction } from '@formulary/scaffolder-actions-test-utils';
import { createAddToTeamAction } from './addToTeam';
import { createArchiveChannelAction } from './archiveChannel';
import { createCreateUserAction } from './createUser';
import { createPostMessageAction } from './postMessage';
import { createRemoveFromTeamAction } from './removeFromTeam';

type Options = Parameters<typeof createAddToTeamAction>[0];

const NOT_ALLOWED = { name: 'NotAllowedError' };
const modes = [{ isDryRun: false }, { isDryRun: true }];

describe('what a developer of acme may do in Mattermost', () => {
  let mattermost: FakeMattermost;
  let options: Options;
  let bob: ReturnType<FakeMattermost['addUser']>;
  let alice: ReturnType<FakeMattermost['addUser']>;
  let acme: ReturnType<FakeMattermost['addTeam']>;
  let globex: ReturnType<FakeMattermost['addTeam']>;

  beforeEach(async () => {
    mattermost = new FakeMattermost();
    options = {
      client: await mattermost.start(),
      taskAccess: fakeTaskAccess(statusOfBob()),
      organizations,
    };
    bob = mattermost.addUser('bob');
    alice = mattermost.addUser('alice');
    acme = mattermost.addTeam('acme');
    globex = mattermost.addTeam('globex');
  });

  afterEach(() => mattermost.stop());

  const join = (
    team: string,
    channels: string[] = [],
    more: { createMissing?: boolean; isDryRun?: boolean } = {},
  ) =>
    runAction(
      createAddToTeamAction(options),
      {
        username: 'bob',
        team: { name: team },
        channels: channels.map(name => ({ name })),
        createMissing: more.createMissing,
      },
      { isDryRun: more.isDryRun },
    );
  const post = (team: string, channel: string, isDryRun = false) =>
    runAction(
      createPostMessageAction(options),
      { team, channel, message: 'Hello' },
      { isDryRun },
    );

  describe('mattermost:add-to-team', () => {
    it('joins the team of their organisation and its public channels', async () => {
      mattermost.addChannel(acme, 'deployments');
      await join('acme', ['deployments']);
      expect(mattermost.members).toContain('team-acme:id-of-bob');
      expect(mattermost.members).toContain('channel-deployments:id-of-bob');
    });

    it('joins channels of a team that they are in', async () => {
      mattermost.join(globex, bob);
      await join('globex', ['project']);
      expect(mattermost.members).toContain('channel-project:id-of-bob');
    });

    it.each([
      'umbrella',
      'globex-board',
      'acmeshop',
      'acme-labs',
      'acme-labs-board',
    ])(
      'does not take the name %s, which may be for another organisation',
      async team => {
        await expect(join(team)).rejects.toMatchObject(NOT_ALLOWED);
        expect(mattermost.changes).toEqual([]);
      },
    );

    it('makes a team named after their organisation and joins it', async () => {
      await join('acme-shop');
      expect(mattermost.members).toContain('team-acme-shop:id-of-bob');
    });

    it.each(modes)(
      "does not join another organisation's team ($isDryRun)",
      async ({ isDryRun }) => {
        await expect(
          join('globex', ['project'], { isDryRun }),
        ).rejects.toMatchObject({
          ...NOT_ALLOWED,
          message: expect.stringContaining(
            'bob can not join the Mattermost team "globex" through a template',
          ),
        });
        expect(mattermost.changes).toEqual([]);
      },
    );

    it('is not told whether a team exists that is not theirs to join', async () => {
      const refusals = await Promise.all(
        ['globex', 'umbrella'].map(team =>
          join(team, [], { createMissing: false }).catch(error => error),
        ),
      );
      expect(refusals).toMatchObject([NOT_ALLOWED, NOT_ALLOWED]);
      expect(refusals[0].message.replace('globex', 'umbrella')).toBe(
        refusals[1].message,
      );
    });

    it.each(modes)('adds nobody else ($isDryRun)', async ({ isDryRun }) => {
      await expect(
        runAction(
          createAddToTeamAction(options),
          { username: 'alice', team: { name: 'acme' } },
          { isDryRun },
        ),
      ).rejects.toMatchObject(NOT_ALLOWED);
      expect(mattermost.changes).toEqual([]);
    });

    it.each(modes)(
      'enters no private channel that they are not in ($isDryRun)',
      async ({ isDryRun }) => {
        const board = mattermost.addChannel(acme, 'board', { type: 'P' });
        mattermost.join(board, alice);
        await expect(
          join('acme', ['news', 'board'], { isDryRun }),
        ).rejects.toMatchObject(NOT_ALLOWED);
        expect(mattermost.changes).toEqual([]);
      },
    );

    it('is not told whether a private channel exists when none may be made', async () => {
      const board = mattermost.addChannel(acme, 'board', { type: 'P' });
      mattermost.join(board, alice);
      const [hidden, missing] = await Promise.all(
        ['board', 'bored'].map(channel =>
          join('acme', [channel], { createMissing: false }).catch(
            error => error,
          ),
        ),
      );
      expect(hidden.message.replace('board', 'bored')).toBe(missing.message);
      expect(hidden.name).toBe(missing.name);
    });

    it('stays in a private channel that they are in', async () => {
      const board = mattermost.addChannel(acme, 'board', { type: 'P' });
      mattermost.join(board, bob);
      const { outputs } = await join('acme', ['board']);
      expect(outputs.channels).toMatchObject([{ created: false }]);
    });

    it('enters no private channel that others left with their messages', async () => {
      mattermost.addChannel(acme, 'board', {
        type: 'P',
        creator_id: 'id-of-bot',
        total_msg_count: 3,
      });
      await expect(join('acme', ['board'])).rejects.toMatchObject(NOT_ALLOWED);
    });
  });

  describe('mattermost:post-message', () => {
    beforeEach(() => {
      mattermost.join(mattermost.addChannel(acme, 'deployments'), bob);
      mattermost.addChannel(globex, 'project');
    });

    it('writes where they are a member', async () => {
      const { outputs } = await post('acme', 'deployments');
      expect(outputs).toMatchObject({
        postId: 'post-0',
        postUrl: expect.stringMatching(/\/acme\/pl\/post-0$/),
        created: true,
        rollback: [],
      });
    });

    it.each(modes)(
      'writes nowhere else, and is not told what exists ($isDryRun)',
      async ({ isDryRun }) => {
        const refusals = await Promise.all(
          ['project', 'nothing'].map(channel =>
            post('globex', channel, isDryRun).catch(error => error),
          ),
        );
        expect(refusals).toMatchObject([NOT_ALLOWED, NOT_ALLOWED]);
        expect(refusals[0].message.replace('project', 'nothing')).toBe(
          refusals[1].message,
        );
        expect(mattermost.posts).toEqual([]);
      },
    );
  });

  describe('mattermost:create-user', () => {
    const own = {
      username: 'bob',
      email: 'bob@acme.example',
      authData: 'sub-of-bob',
    };
    const create = (input: typeof own, isDryRun = false) =>
      runAction(createCreateUserAction(options), input, { isDryRun });

    it('makes their own account', async () => {
      mattermost.users.splice(mattermost.users.indexOf(bob), 1);
      expect((await create(own)).outputs).toMatchObject({ created: true });
    });

    it.each([
      ['name', { username: 'ceo' }],
      ['e-mail', { email: 'ceo@acme.example' }],
      ['log-in', { authData: 'sub-of-ceo' }],
    ])("makes none with somebody else's %s", async (_what, more) => {
      for (const { isDryRun } of modes) {
        await expect(
          create({ ...own, ...more }, isDryRun),
        ).rejects.toMatchObject(NOT_ALLOWED);
      }
      expect(mattermost.changes).toEqual([]);
    });

    it('makes none for an e-mail that the identity provider does not vouch for', async () => {
      options.taskAccess = fakeTaskAccess(
        statusOfBob({ emailVerified: false }),
      );
      await expect(create(own)).rejects.toMatchObject(NOT_ALLOWED);
    });
  });

  describe('mattermost:remove-from-team', () => {
    const remove = (username: string, channels?: string[], isDryRun = false) =>
      runAction(
        createRemoveFromTeamAction(options),
        { username, team: 'acme', channels },
        { isDryRun },
      );

    it('takes themselves out of a team, once', async () => {
      mattermost.join(acme, bob);
      expect((await remove('bob')).outputs).toEqual({ removed: true });
      expect((await remove('bob')).outputs).toEqual({ removed: false });
      expect(mattermost.members.size).toBe(0);
    });

    it('takes themselves out of a channel and stays in the team', async () => {
      mattermost.join(acme, bob);
      mattermost.join(mattermost.addChannel(acme, 'news'), bob);
      const { messages } = await remove('bob', ['news', 'nothing']);
      expect(messages).toEqual([
        'Removed bob from the channel news',
        'bob was not in the channel nothing',
      ]);
      expect([...mattermost.members]).toEqual(['team-acme:id-of-bob']);
    });

    it.each(modes)(
      'takes out nobody else ($isDryRun)',
      async ({ isDryRun }) => {
        mattermost.join(acme, alice);
        await expect(
          remove('alice', undefined, isDryRun),
        ).rejects.toMatchObject(NOT_ALLOWED);
        expect(mattermost.members.size).toBe(1);
      },
    );
  });

  describe('mattermost:archive-channel', () => {
    const archive = (channel = 'shop', username = 'bob') =>
      runAction(createArchiveChannelAction(options), {
        username,
        team: 'acme',
        channel,
      });
    const made = (more: object = {}) =>
      mattermost.addChannel(acme, 'shop', { creator_id: 'id-of-bot', ...more });

    it('archives a channel that was made for them, once', async () => {
      mattermost.join(made(), bob);
      expect((await archive()).outputs).toEqual({ archived: true });
      expect(mattermost.channels[0].delete_at).toBeGreaterThan(0);
      expect((await archive()).outputs).toEqual({ archived: false });
    });

    it('leaves a channel that others have joined', async () => {
      const channel = made();
      mattermost.join(channel, bob);
      mattermost.join(channel, alice);
      expect((await archive()).outputs).toEqual({ archived: false });
      expect(mattermost.changes).toEqual([]);
    });

    it('leaves a channel that they are not in', async () => {
      made();
      expect((await archive()).outputs).toEqual({ archived: false });
      expect(mattermost.changes).toEqual([]);
    });

    it('leaves a channel that the portal did not make', async () => {
      mattermost.join(made({ creator_id: 'id-of-bob' }), bob);
      await expect(archive()).rejects.toThrow('was not made by the portal');
      expect(mattermost.changes).toEqual([]);
    });

    it('archives nothing for others', async () => {
      mattermost.join(made(), alice);
      await expect(archive('shop', 'alice')).rejects.toMatchObject(NOT_ALLOWED);
    });
  });
});
