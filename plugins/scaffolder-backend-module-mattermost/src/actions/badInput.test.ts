import { FakeMattermost } from '../__testUtils__/FakeMattermost';
import { fakeTaskAccess, organizations } from '../__testUtils__/fakeTaskAccess';
import { runAction } from '@formulary/scaffolder-actions-test-utils';
import { createAddToTeamAction } from './addToTeam';
import { createCreateUserAction } from './createUser';
import { createPostMessageAction } from './postMessage';

type Options = Parameters<typeof createAddToTeamAction>[0];

const long = 'x'.repeat(65);

describe('bad input', () => {
  let mattermost: FakeMattermost;
  let options: Options;

  beforeEach(async () => {
    mattermost = new FakeMattermost();
    options = {
      client: await mattermost.start(),
      taskAccess: fakeTaskAccess('admin'),
      organizations,
    };
    mattermost.addUser('bob');
    mattermost.addUser('dan', { delete_at: 5 });
    const acme = mattermost.addTeam('acme');
    mattermost.addTeam('old-team', { delete_at: 5 });
    mattermost.addChannel(acme, 'old', { delete_at: 5 });
  });

  afterEach(() => mattermost.stop());

  const join = (
    more: { username?: string; createMissing?: boolean } = {},
    team = 'acme',
    ...channels: string[]
  ) =>
    runAction(createAddToTeamAction(options), {
      username: 'bob',
      team: { name: team },
      channels: channels.map(name => ({ name })),
      ...more,
    });
  const create = (more: object) =>
    runAction(createCreateUserAction(options), {
      username: 'eve',
      email: 'eve@acme.example',
      authData: 'sub-of-eve',
      ...more,
    });
  const post = (channel: string, message = 'Hello') =>
    runAction(createPostMessageAction(options), {
      team: 'acme',
      channel,
      message,
    });

  it.each<[string, () => Promise<unknown>, RegExp]>([
    ...['a', long, 'two words', 'Acme', '-acme', 'acme-', 'ac_me'].map(
      (name): [string, () => Promise<unknown>, RegExp] => [
        `a team called ${name}`,
        () => join({}, name),
        /^Mattermost has no team called ".*", and none can be: .* Choose such a name/,
      ],
    ),
    ...['admin-tools', 'plugins', 'api2', 'posters'].map(
      (name): [string, () => Promise<unknown>, RegExp] => [
        `a team called ${name}`,
        () => join({}, name),
        /^Mattermost has no team called ".*", and none can be: names that begin with "(admin|plug|api|post)" .* Choose another/,
      ],
    ),
    ...['', long, 'two words', 'News', '_news', 'é'].map(
      (name): [string, () => Promise<unknown>, RegExp] => [
        `a channel called ${name}`,
        () => join({}, 'acme', name),
        /^Mattermost has no channel called ".*", and none can be: .* Choose such a name/,
      ],
    ),
    ...['a'.repeat(40), `${'a'.repeat(26)}__${'b'.repeat(26)}`].map(
      (name): [string, () => Promise<unknown>, RegExp] => [
        `a channel called ${name}`,
        () => join({}, 'acme', name),
        /kept for conversations between people\. Choose another/,
      ],
    ),
    [
      'a team that there is not',
      () => join({ createMissing: false }, 'initech'),
      /^There is no Mattermost team "initech", and .* set createMissing to true/,
    ],
    [
      'a channel that there is not',
      () => join({ createMissing: false }, 'acme', 'news'),
      /^There is no Mattermost channel "news" in the team acme .* set createMissing to true/,
    ],
    [
      'an archived team',
      () => join({}, 'old-team'),
      /^The Mattermost team "old-team" is archived\. Restore it/,
    ],
    [
      'an archived channel',
      () => join({}, 'acme', 'news', 'old'),
      /^The Mattermost channel "old" is archived\. Restore it/,
    ],
    [
      'a user that there is not',
      () => join({ username: 'eve' }),
      /^There is no Mattermost user called "eve"\. Run platform:pre-provision-user/,
    ],
    [
      'a deactivated user',
      () => join({ username: 'dan' }),
      /^The Mattermost user "dan" is deactivated\. Have an admin activate it/,
    ],
    [
      'a message for a channel that there is not',
      () => post('news'),
      /^There is no Mattermost channel http.*\/acme\/channels\/news\. Create it with/,
    ],
    [
      'a message for an archived channel',
      () => post('old'),
      /^The Mattermost channel http.*\/acme\/channels\/old is archived\. Restore it/,
    ],
    [
      'a message that is too long',
      () => post('old', 'x'.repeat(16384)),
      /^Mattermost takes no message of 16384 characters in the channel old: shorten it to 16383/,
    ],
    ...['Eve', 'all', long, 'e ve'].map(
      (username): [string, () => Promise<unknown>, RegExp] => [
        `a user called ${username}`,
        () => create({ username }),
        /^Mattermost has no user called ".*", and none can be: .* Choose such a name/,
      ],
    ),
    [
      'an e-mail that is none',
      () => create({ email: 'eve at acme' }),
      /^Mattermost can not create the user eve: "eve at acme" is no e-mail address\. Give one/,
    ],
    [
      'a new user with the name of a deactivated one',
      () => create({ username: 'dan', authData: 'sub-of-dan' }),
      /^The Mattermost user "dan" is deactivated\. Have an admin activate it/,
    ],
  ])(
    'is told with a next step, before anything is made: %s',
    async (_what, run, message) => {
      await expect(run()).rejects.toMatchObject({
        name: 'InputError',
        message: expect.stringMatching(message),
      });
      expect(mattermost.changes).toEqual([]);
    },
  );

  it.each([
    [
      'the team is full',
      'POST /teams/team-acme/members',
      'app.team.join_user_to_team.max_accounts.app_error',
      /Mattermost could not add bob to the team acme: .*Ask an admin to raise TeamSettings\.MaxUsersPerTeam/,
    ],
    [
      'the team is for certain groups',
      'POST /teams/team-acme/members',
      'api.team.add_members.user_denied',
      /Mattermost could not add bob to the team acme: .*Only members of certain groups may be in this team: ask an admin/,
    ],
    [
      'the channel is for certain groups',
      'POST /channels/channel-news/members',
      'api.channel.add_members.user_denied',
      /Mattermost could not add bob to the channel news: .*Only members of certain groups may be in this channel: ask an admin/,
    ],
    [
      'the user is deactivated in the meantime',
      'POST /channels/channel-news/members',
      'app.channel.add_member.deleted_user.app_error',
      /Mattermost could not add bob to the channel news: .*have an admin activate it/,
    ],
  ])('is told with a next step: %s', async (_what, call, id, message) => {
    mattermost.refuseNext = { call, status: 400, id };
    await expect(join({}, 'acme', 'news')).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringMatching(message),
    });
  });

  it('after which something was made is told together with that', async () => {
    mattermost.refuseNext = {
      call: 'POST /channels/channel-news/members',
      status: 400,
      id: 'api.channel.add_members.user_denied',
    };
    await expect(join({}, 'acme', 'news')).rejects.toThrow(
      /^mattermost:add-to-team could not be finished\. Added bob to the team acme\. Created the channel http.*\/acme\/channels\/news\. This stays, and the next try goes on from it; caused by InputError: Mattermost could not/,
    );
  });

  it.each([
    [
      'an expired token',
      {
        status: 401,
        body: '{"id":"api.context.session_expired.app_error","message":"Invalid or expired session, please login again."}',
      },
      'unauthorized',
      /^Mattermost could not look up the user bob: Invalid or expired session/,
    ],
    [
      'a token that may too little',
      {
        status: 403,
        body: '{"id":"api.context.permissions.app_error","message":"You do not have the appropriate permissions."}',
      },
      'forbidden',
      /^Mattermost could not look up the user bob: You do not have the appropriate permissions/,
    ],
    [
      'a wrong address that answers with a page',
      { status: 200, body: '<!doctype html><title>Welcome</title>' },
      'unexpected-response',
      /^Mattermost could not look up the user bob: .*<!doctype html>.*/,
    ],
    [
      'a limit that is reached',
      {
        status: 429,
        body: 'limit exceeded\n',
        headers: { 'retry-after': '60' },
      },
      'rate-limited',
      /^Mattermost could not look up the user bob: too many calls/,
    ],
  ])(
    'of the configuration names service and object: %s',
    async (_what, broken, kind, message) => {
      mattermost.broken = broken;
      const error = await join().catch(failure => failure);
      expect(error).toMatchObject({
        kind,
        message: expect.stringMatching(message),
      });
      expect(error.message).not.toContain('token-of-the-bot');
    },
  );
});
