import { randomBytes } from 'node:crypto';
import {
  MattermostClient,
  MattermostTeam,
  MattermostUser,
} from '@formulary/plugin-mattermost-node';
import { BrowserlessSession } from './browserlessLogin';
import { letsLogIn, visitorOf } from './firstLogin';
import { ContractTarget, startTarget } from './target';

/*
 * What Formulary relies on in Mattermost. Sources are paths of
 * mattermost/mattermost, read at 11.6; where a real server differs, it is right.
 *
 * A real server: FORMULARY_CONTRACT_MATTERMOST_URL and _TOKEN (a system admin's);
 * for the first log-in with OpenID Connect _LOGIN_USERNAME, _LOGIN_PASSWORD,
 * _LOGIN_EMAIL and _LOGIN_SUBJECT.
 */

jest.setTimeout(60_000);

const unique = (name: string) =>
  `${name}-${randomBytes(5).toString('hex')}`.toLowerCase();

/** A refusal as `model.AppError` has it (server/public/model/utils.go). */
const refusal = (status: number, id: string) => ({
  status,
  body: {
    id,
    status_code: status,
    message: expect.any(String),
    detailed_error: expect.any(String),
    request_id: expect.any(String),
  },
});

/** What needs the sandbox's Keycloak is left out for a real server. */
const describeInSandbox = process.env.FORMULARY_CONTRACT_MATTERMOST_URL
  ? describe.skip
  : describe;

describe('Mattermost', () => {
  let target: ContractTarget;
  let client: MattermostClient;
  let team: MattermostTeam;
  const made: MattermostUser[] = [];

  const call = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${target.url}/api/v4${path}`, {
      method,
      headers: { Authorization: `Bearer ${target.token}` },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    return {
      status: response.status,
      body: text ? JSON.parse(text) : undefined,
    };
  };

  /** A new account, removed at the end. */
  const newUser = async (
    more: Partial<Parameters<typeof client.users.create>[0]> = {},
  ) => {
    const username = unique('contract');
    const user = await client.users.create({
      username,
      email: `${username}@contract.example`,
      auth: { auth_service: 'openid', auth_data: unique('sub') },
      ...more,
    });
    made.push(user);
    return user;
  };

  beforeAll(async () => {
    target = await startTarget('mattermost');
    client = new MattermostClient({
      baseUrl: target.url,
      token: target.token,
      sso: { mode: 'openid', idAttribute: 'mattermostId' },
    });
    team = await client.teams.create({
      name: unique('contract'),
      displayName: 'Contract',
    });
  });

  afterAll(async () => {
    for (const { id } of made) {
      await call('DELETE', `/users/${id}`);
      await call('DELETE', `/users/${id}?permanent=true`);
    }
    if (team) {
      await call('DELETE', `/teams/${team.id}`);
      await call('DELETE', `/teams/${team.id}?permanent=true`);
    }
    await target?.stop();
  });

  describe('system', () => {
    it('answers a ping without a token (api4/system.go, getSystemPing)', async () => {
      const response = await fetch(`${target.url}/api/v4/system/ping`);
      expect(response.status).toBe(200);
      expect(await response.json()).toMatchObject({ status: 'OK' });
    });

    it('tells its version to everybody (api4/config.go, getClientConfig)', async () => {
      const { Version } = await client.clientConfig();
      expect(Version).toMatch(/^\d+\.\d+\.\d+/);
    });

    it('has a version that is supported (api4/config.go, getClientConfig)', async () => {
      const { problem } = await client.checkVersion();
      expect(problem).toBeUndefined();
    });

    it('refuses the licence without a format (api4/license.go, getClientLicense)', async () => {
      expect(await call('GET', '/license/client')).toMatchObject(
        refusal(400, 'api.license.client.old_format.app_error'),
      );
    });

    it('answers 401 without a session (web/context.go, SessionRequired)', async () => {
      const response = await fetch(`${target.url}/api/v4/users/me`);
      expect(response.status).toBe(401);
      expect(await response.json()).toMatchObject({
        id: 'api.context.session_expired.app_error',
      });
    });

    it('has a token of a system admin (app/user.go, CreateUserAsAdmin)', async () => {
      const { roles } = await client.users.me();
      expect(roles.split(' ')).toContain('system_admin');
    });
  });

  describe('users', () => {
    it('are created with an identity and read back by name and address (api4/user.go, createUser)', async () => {
      const user = await newUser();
      // NewId: 26 characters of base32 (public/model/utils.go).
      expect(user.id).toMatch(/^[a-z0-9]{26}$/);
      expect(await client.users.byUsername(user.username)).toMatchObject({
        id: user.id,
        auth_service: 'openid',
        auth_data: user.auth_data,
      });
      expect(await client.users.byEmail(user.email)).toMatchObject({
        id: user.id,
      });
    });

    it('keep a service that the server does not know: there is no such check (app/user.go, createUserOrGuest)', async () => {
      const username = unique('contract');
      const { status, body } = await call('POST', '/users', {
        username,
        email: `${username}@contract.example`,
        auth_service: 'oidc',
        auth_data: unique('sub'),
      });
      expect(status).toBe(201);
      made.push(body);
      expect(body.auth_service).toBe('oidc');
    });

    it.each([
      [
        'the name is taken',
        'app.user.save.username_exists.app_error',
        (user: MattermostUser) => ({ username: user.username }),
      ],
      [
        'the address is taken',
        'app.user.save.email_exists.app_error',
        (user: MattermostUser) => ({ email: user.email }),
      ],
      [
        'an id is sent',
        'app.user.save.existing.app_error',
        (user: MattermostUser) => ({ id: user.id }),
      ],
      [
        'there is a password beside the identity',
        'model.user.is_valid.auth_data_pwd.app_error',
        () => ({ password: 'Passw0rd!-long' }),
      ],
      [
        'there is an identity without a service',
        'model.user.is_valid.auth_data_type.app_error',
        () => ({ auth_service: '', password: 'Passw0rd!-long' }),
      ],
      [
        'the name has a space',
        'model.user.is_valid.username.app_error',
        () => ({ username: 'two words' }),
      ],
      [
        'the name is reserved',
        'model.user.is_valid.username.app_error',
        () => ({ username: 'channel' }),
      ],
    ])(
      'are refused with 400 when %s (app/user.go, public/model/user.go)',
      async (_when, id, change) => {
        const existing = await newUser();
        const username = unique('contract');
        expect(
          await call('POST', '/users', {
            username,
            email: `${username}@contract.example`,
            auth_service: 'openid',
            auth_data: unique('sub'),
            ...change(existing),
          }),
        ).toMatchObject(refusal(400, id));
      },
    );

    it('are refused with 500 when the identity is taken (app/user.go, the default of createUserOrGuest)', async () => {
      const existing = await newUser();
      const username = unique('contract');
      expect(
        await call('POST', '/users', {
          username,
          email: `${username}@contract.example`,
          auth_service: 'openid',
          auth_data: existing.auth_data,
        }),
      ).toMatchObject(refusal(500, 'app.user.save.app_error'));
    });

    it('are found by id, also when they are deactivated; an unknown id answers 404 (app/user.go, GetUser)', async () => {
      const user = await newUser();
      await client.users.deactivate(user);
      expect(await client.users.byId(user.id)).toMatchObject({
        username: user.username,
        auth_data: user.auth_data,
      });
      expect(await call('GET', `/users/${'x'.repeat(26)}`)).toMatchObject(
        refusal(404, 'app.user.missing_account.const'),
      );
    });

    it('that are missing answer 404 (app/user.go, GetUserByUsername)', async () => {
      expect(
        await call('GET', `/users/username/${unique('nobody')}`),
      ).toMatchObject(refusal(404, 'app.user.missing_account.const'));
      expect(
        await client.users.byEmail(`${unique('nobody')}@contract.example`),
      ).toBeUndefined();
    });

    it('are linked afterwards with PUT /auth, which checks for duplicates only (api4/user.go, updateUserAuth)', async () => {
      const local = await newUser({
        auth: undefined,
        password: 'Passw0rd!-long',
      });
      const linked = await newUser();
      const authData = unique('sub');
      await client.users.setAuth(local, {
        auth_service: 'openid',
        auth_data: authData,
      });
      expect(await client.users.byUsername(local.username)).toMatchObject({
        auth_data: authData,
      });
      expect(
        await call('PUT', `/users/${local.id}/auth`, {
          auth_service: 'openid',
          auth_data: linked.auth_data,
        }),
      ).toMatchObject(
        refusal(400, 'app.user.update_auth_data.email_exists.app_error'),
      );
      expect(
        await call('PUT', `/users/${local.id}/auth`, {
          auth_service: 'openid',
        }),
      ).toMatchObject(
        refusal(400, 'api.user.update_user_auth.invalid_request'),
      );
    });

    it('that are linked keep their names, which the login provider owns (app/user.go, CheckProviderAttributes)', async () => {
      const user = await newUser();
      expect(
        await call('PUT', `/users/${user.id}/patch`, { first_name: 'Other' }),
      ).toMatchObject(
        refusal(
          409,
          'api.user.patch_user.login_provider_attribute_set.app_error',
        ),
      );
      const email = `${unique('moved')}@contract.example`;
      expect(await client.users.setEmail(user, email)).toMatchObject({ email });
    });

    it('that are deactivated are still found, keep their name, and come back (api4/user.go, deleteUser, updateUserActive)', async () => {
      const user = await newUser();
      await client.users.deactivate(user);
      const gone = await client.users.byUsername(user.username);
      expect(gone?.delete_at).toBeGreaterThan(0);
      expect(
        await call('POST', '/users', {
          username: user.username,
          email: `${unique('other')}@contract.example`,
          auth_service: 'openid',
          auth_data: unique('sub'),
        }),
      ).toMatchObject(refusal(400, 'app.user.save.username_exists.app_error'));
      await client.users.activate(user);
      expect(await client.users.byUsername(user.username)).toMatchObject({
        delete_at: 0,
      });
    });

    it('do not tell an admin whether their address is verified (public/model/user.go, ClearNonProfileFields)', async () => {
      const { email } = await newUser({ email_verified: true });
      const { body } = await call('GET', `/users/email/${email}`);
      expect(body.email_verified).toBeUndefined();
    });

    it('come in pages of at most 200 (web/params.go)', async () => {
      const users = [await newUser(), await newUser()];
      const first = await call('GET', '/users?page=0&per_page=1');
      const second = await call('GET', '/users?page=1&per_page=1');
      expect(first.body).toHaveLength(1);
      expect(second.body).toHaveLength(1);
      expect(first.body[0].id).not.toBe(second.body[0].id);
      const ids = [];
      for await (const { id } of client.users.all()) ids.push(id);
      expect(ids).toEqual(expect.arrayContaining(users.map(({ id }) => id)));
    });
  });

  describe('teams', () => {
    it('of a name that is taken are refused with 400 (store/sqlstore/team_store.go, Save)', async () => {
      expect(
        await call('POST', '/teams', {
          name: team.name,
          display_name: 'Again',
          type: 'I',
        }),
      ).toMatchObject(
        refusal(400, 'store.sql_team.save_team.existing.app_error'),
      );
    });

    it.each([
      ['admin-tools', 'model.team.is_valid.reserved.app_error'],
      ['x', 'model.team.is_valid.characters.app_error'],
      ['two words', 'model.team.is_valid.characters.app_error'],
    ])(
      'can not be called %s (public/model/team.go, IsValid)',
      async (name, id) => {
        const body = { name, display_name: 'Name', type: 'I' };
        expect(await call('POST', '/teams', body)).toMatchObject(
          refusal(400, id),
        );
      },
    );

    it('are found by name, or answer 404 (app/team.go, GetTeamByName)', async () => {
      expect(await client.teams.byName(team.name)).toMatchObject({
        id: team.id,
      });
      expect(
        await call('GET', `/teams/name/${unique('nothing')}`),
      ).toMatchObject(refusal(404, 'app.team.get_by_name.missing.app_error'));
    });

    it('take a member twice with 201 (app/team.go, JoinUserToTeam)', async () => {
      const user = await newUser();
      expect(await client.teams.member(team, user)).toBeUndefined();
      const body = { team_id: team.id, user_id: user.id };
      const path = `/teams/${team.id}/members`;
      expect((await call('POST', path, body)).status).toBe(201);
      expect((await call('POST', path, body)).status).toBe(201);
      expect(await client.teams.member(team, user)).toMatchObject(body);
    });

    it('want the team’s id in the body, too (api4/team.go, addTeamMember)', async () => {
      const user = await newUser();
      expect(
        await call('POST', `/teams/${team.id}/members`, { user_id: user.id }),
      ).toMatchObject(refusal(400, 'api.context.invalid_body_param.app_error'));
    });

    it('count themselves when asked, which changes the shape (api4/team.go, getAllTeams)', async () => {
      const plain = await call('GET', '/teams?per_page=1');
      expect(plain.body).toHaveLength(1);
      const counted = await call('GET', '/teams?include_total_count=true');
      expect(counted.body.total_count).toBeGreaterThan(0);
      expect(Array.isArray(counted.body.teams)).toBe(true);
    });

    it('have two channels from the start, which every member is in (app/channel.go, JoinDefaultChannels)', async () => {
      const user = await newUser();
      await client.teams.addMember(team, user);
      for (const name of ['town-square', 'off-topic']) {
        const channel = await client.channels.byName(team, name);
        expect(channel).toBeDefined();
        expect(await client.channels.member(channel!, user)).toBeDefined();
      }
    });
  });

  describe('channels', () => {
    it('of a name that is taken are refused with 400, also by an archived one (store/sqlstore/channel_store.go)', async () => {
      const name = unique('news');
      const channel = await client.channels.create(team, {
        name,
        displayName: 'News',
      });
      const body = {
        team_id: team.id,
        name,
        display_name: 'News',
        type: 'O',
      };
      const id = 'store.sql_channel.save_channel.exists.app_error';
      expect(await call('POST', '/channels', body)).toMatchObject(
        refusal(400, id),
      );
      await call('DELETE', `/channels/${channel.id}`);
      expect(await call('POST', '/channels', body)).toMatchObject(
        refusal(400, id),
      );
    });

    it('that are archived are found only when asked for (api4/channel.go, getChannelByName)', async () => {
      const name = unique('old');
      const channel = await client.channels.create(team, {
        name,
        displayName: 'Old',
      });
      await call('DELETE', `/channels/${channel.id}`);
      expect(
        await call('GET', `/teams/${team.id}/channels/name/${name}`),
      ).toMatchObject(
        refusal(404, 'app.channel.get_by_name.missing.app_error'),
      );
      const found = await client.channels.byName(team, name);
      expect(found?.delete_at).toBeGreaterThan(0);
    });

    it('take only members of the team, and those twice (app/channel.go, AddUserToChannel)', async () => {
      const channel = await client.channels.create(team, {
        name: unique('room'),
        displayName: 'Room',
        private: true,
        purpose: 'Talk',
      });
      expect(channel).toMatchObject({ type: 'P', purpose: 'Talk' });
      const user = await newUser();
      const path = `/channels/${channel.id}/members`;
      expect(await call('POST', path, { user_id: user.id })).toMatchObject(
        refusal(404, 'app.team.get_member.missing.app_error'),
      );
      await client.teams.addMember(team, user);
      expect(await client.channels.member(channel, user)).toBeUndefined();
      await client.channels.addMember(channel, user);
      const again = await call('POST', path, { user_id: user.id });
      expect(again).toMatchObject({
        status: 201,
        body: { channel_id: channel.id, user_id: user.id },
      });
    });

    it('answer several members as a list and hide who failed (api4/channel.go, addChannelMember)', async () => {
      const channel = await client.channels.create(team, {
        name: unique('room'),
        displayName: 'Room',
      });
      const [inside, outside] = [await newUser(), await newUser()];
      await client.teams.addMember(team, inside);
      const { status, body } = await call(
        'POST',
        `/channels/${channel.id}/members`,
        { user_ids: [inside.id, outside.id] },
      );
      expect(status).toBe(201);
      expect(body).toHaveLength(1);
      expect(body[0].user_id).toBe(inside.id);
    });
  });

  const describeLogin = letsLogIn('mattermost') ? describe : describe.skip;

  describeLogin('the first log-in', () => {
    it('opens a session of the account that has the identity (app/oauth.go, LoginByOAuth)', async () => {
      const visitor = await visitorOf(target, 'carol');
      const user = await newUser({
        email: visitor.email,
        auth: { auth_service: 'openid', auth_data: visitor.subject },
      });
      const session = new BrowserlessSession();
      await session.logIn(
        `${target.url}/oauth/openid/login`,
        visitor.username,
        visitor.password,
      );
      const me = await session.fetch(`${target.url}/api/v4/users/me`);
      expect(JSON.parse(me.body)).toMatchObject({ id: user.id });
    });
  });

  describe('posts', () => {
    it('keep their props and come newest first (api4/post.go)', async () => {
      const channel = await client.channels.create(team, {
        name: unique('talk'),
        displayName: 'Talk',
      });
      await client.channels.post(channel, { message: 'first' });
      await client.channels.post(channel, {
        message: 'second',
        props: { formulary_key: 'k2' },
      });
      const posts = await client.channels.recentPosts(channel);
      const own = posts.filter(({ message }) =>
        ['first', 'second'].includes(message),
      );
      expect(own.map(({ message }) => message)).toEqual(['second', 'first']);
      expect(own[0].props).toMatchObject({ formulary_key: 'k2' });
    });

    it('are not written to an archived channel (app/post.go, CreatePostAsUser)', async () => {
      const channel = await client.channels.create(team, {
        name: unique('quiet'),
        displayName: 'Quiet',
      });
      await call('DELETE', `/channels/${channel.id}`);
      expect(
        await call('POST', '/posts', {
          channel_id: channel.id,
          message: 'too late',
        }),
      ).toMatchObject(
        refusal(400, 'api.post.create_post.can_not_post_to_deleted.error'),
      );
    });
  });
});

describeInSandbox('Mattermost with single sign-on, in the sandbox', () => {
  let target: ContractTarget;
  let client: MattermostClient;

  beforeAll(async () => {
    target = await startTarget('mattermost');
    client = new MattermostClient({
      baseUrl: target.url,
      token: target.token,
      sso: { mode: 'openid', idAttribute: 'mattermostId' },
    });
  });

  afterAll(() => target?.stop());

  const person = (username: string) =>
    target.credentials?.people.find(one => one.username === username);

  const logIn = async (username: string) => {
    const session = new BrowserlessSession();
    const page = await session.logIn(
      `${target.url}/oauth/openid/login`,
      username,
      person(username)?.password ?? '',
    );
    return { session, page };
  };

  const config = async (patch: object) => {
    const response = await fetch(`${target.url}/api/v4/config/patch`, {
      method: 'PUT',
      headers: { Authorization: `Bearer ${target.token}` },
      body: JSON.stringify(patch),
    });
    expect(response.status).toBe(200);
  };

  /** The `sub` that the identity provider will send, learnt from an account that a log-in made. */
  const subjectOf = async (username: string) => {
    await config({ TeamSettings: { EnableUserCreation: true } });
    await logIn(username);
    const user = await client.users.byEmail(person(username)?.email ?? '');
    await config({
      TeamSettings: { EnableUserCreation: false },
      ServiceSettings: { EnableAPIUserDeletion: true },
    });
    if (!user?.auth_data) throw new Error(`${username} could not log in`);
    await client.users.deletePermanently(user);
    return user.auth_data;
  };

  it('refuses somebody who has no account while sign-up is closed (app/user.go, CreateOAuthUser)', async () => {
    const { page } = await logIn('carol');
    expect(page.status).toBe(501);
    expect(page.body).toContain('User creation is disabled.');
  });

  it('lands on the account that was created for the identity (app/oauth.go, LoginByOAuth)', async () => {
    const subject = await subjectOf('bob');
    const user = await client.users.create({
      username: 'bob',
      email: 'bob@acme.example',
      auth: { auth_service: 'openid', auth_data: subject },
    });
    const acme = await client.teams.byName('acme');
    await client.teams.addMember(acme!, user);
    const { session, page } = await logIn('bob');
    expect(page.status).toBe(200);
    expect(page.body).toMatch(/Signed in as <b>bob<\/b>/);
    const found = await client.users.byEmail('bob@acme.example');
    expect(found?.id).toBe(user.id);
    const channel = `${target.url}/acme/channels/town-square`;
    await session.fetch(channel, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ message: '<b>hello</b>' }).toString(),
    });
    const shown = await session.fetch(channel);
    expect(shown.body).toContain('&lt;b&gt;hello&lt;/b&gt;');
    const foreign = await session.fetch(`${target.url}/globex`);
    expect(foreign.status).toBe(404);
  });

  it('activates a deactivated account, but not one whose link was put aside (app/user.go, UpdateOAuthUserAttrs)', async () => {
    const subject = await subjectOf('ivy');
    const user = await client.users.create({
      username: 'ivy',
      email: 'ivy@globex.example',
      auth: { auth_service: 'openid', auth_data: subject },
    });
    await client.users.deactivate(user);
    expect((await logIn('ivy')).page.status).toBe(200);
    expect((await client.users.byUsername('ivy'))?.delete_at).toBe(0);

    await client.users.setAuth(user, {
      auth_service: 'openid',
      auth_data: `suspended:${subject}`,
    });
    await client.users.deactivate(user);
    expect((await logIn('ivy')).page.status).toBe(501);
    expect((await client.users.byUsername('ivy'))?.delete_at).not.toBe(0);
  });

  it('refuses to take over a local account by its address (app/user.go, already_attached)', async () => {
    await client.users.create({
      username: 'hugo',
      email: 'hugo@globex.example',
      password: 'Passw0rd!-long',
    });
    await config({ TeamSettings: { EnableUserCreation: true } });
    const { page } = await logIn('hugo');
    await config({ TeamSettings: { EnableUserCreation: false } });
    expect(page.status).toBe(400);
    expect(page.body).toContain(
      'There is already an account associated with that email address',
    );
  });

  it('links by the numeric id with the GitLab provider (app/oauthproviders/gitlab)', async () => {
    await config({ TeamSettings: { EnableUserCreation: true } });
    const session = new BrowserlessSession();
    const page = await session.logIn(
      `${target.url}/oauth/gitlab/login`,
      'gina',
      person('gina')?.password ?? '',
    );
    await config({ TeamSettings: { EnableUserCreation: false } });
    expect(page.body).toMatch(/Signed in as <b>gina<\/b>/);
    expect(await client.users.byEmail('gina@globex.example')).toMatchObject({
      auth_service: 'gitlab',
      auth_data: expect.stringMatching(/^[1-9]\d*$/),
    });
  });

  it('limits calls with plain text and Retry-After when that is on (app/ratelimit.go)', async () => {
    await config({
      RateLimitSettings: { Enable: true, PerSec: 5, MaxBurst: 5 },
    });
    const answers = await Promise.all(
      Array.from({ length: 12 }, () =>
        fetch(`${target.url}/api/v4/system/ping`),
      ),
    );
    const limited = answers.find(({ status }) => status === 429);
    expect(limited?.headers.get('retry-after')).toMatch(/^\d+$/);
    expect(limited?.headers.get('x-ratelimit-limit')).toBe('6');
    expect(await limited?.text()).toBe('limit exceeded\n');
    // The client waits as long as it is told, and goes on.
    await expect(client.users.me()).resolves.toBeDefined();
  });
});
