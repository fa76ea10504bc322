import { mockServices } from '@backstage/backend-test-utils';
import {
  MattermostClient,
  MattermostSsoMode,
} from '@formulary/plugin-mattermost-node';
import { Person } from '@formulary/plugin-provisioning-common';
import { MattermostConnector } from './MattermostConnector';
import { FakeMattermost } from './__testUtils__/FakeMattermost';

const bob: Person = {
  userRef: 'user:default/bob',
  issuer: 'https://id.example.com/realms/formulary',
  subject: 'sub-of-bob',
  username: 'bob',
  email: 'bob@acme.example',
  emailVerified: true,
  displayName: 'Bob Tanaka',
  organisation: 'acme',
  groups: [],
  attributes: { mattermostId: '4711' },
};

describe('MattermostConnector', () => {
  let mattermost: FakeMattermost;
  let url: string;
  const logger = mockServices.logger.mock();

  beforeEach(async () => {
    mattermost = new FakeMattermost();
    url = await mattermost.start();
    jest.clearAllMocks();
  });

  afterEach(() => mattermost.stop());

  const connect = (mode: MattermostSsoMode = 'openid') =>
    new MattermostConnector(
      new MattermostClient(
        {
          baseUrl: url,
          token: 'token-of-the-bot',
          sso: { mode, idAttribute: 'mattermostId' },
        },
        { retries: 0 },
      ),
      logger,
    );

  describe('ensure', () => {
    it('creates an account that is linked by the subject', async () => {
      const { outcome, account } = await connect().ensure(bob);
      expect(outcome).toBe('created');
      expect(account).toEqual({
        service: 'mattermost',
        email: 'bob@acme.example',
        state: 'active',
        externalId: 'id0',
        username: 'bob',
        url,
      });
      expect(mattermost.users[0]).toMatchObject({
        auth_service: 'openid',
        auth_data: 'sub-of-bob',
        email_verified: true,
        first_name: 'Bob',
        last_name: 'Tanaka',
      });
      expect(mattermost.users[0].password).toBeUndefined();
    });

    it('links by the number of the configured attribute with the GitLab provider', async () => {
      await connect('gitlab').ensure(bob);
      expect(mattermost.users[0]).toMatchObject({
        auth_service: 'gitlab',
        auth_data: '4711',
      });
    });

    it.each([
      [undefined, 'has no attribute "mattermostId"'],
      [{ mattermostId: 'x4' }, '"mattermostId" is "x4"'],
      [{ mattermostId: '0' }, '"mattermostId" is "0"'],
    ])('names the attribute that is wrong in %j', async (attributes, text) => {
      const attempt = connect('gitlab').ensure({ ...bob, attributes });
      await expect(attempt).rejects.toMatchObject({
        kind: 'validation',
        message: expect.stringContaining(text),
      });
      expect(mattermost.changes).toEqual([]);
    });

    it('creates a local account and sends a password mail without single sign-on', async () => {
      await connect('email').ensure(bob);
      expect(mattermost.users[0].auth_service).toBe('');
      expect(mattermost.users[0].password?.length).toBeGreaterThan(20);
      expect(mattermost.changes).toEqual([
        'POST /users',
        'POST /users/password/reset/send',
      ]);
    });

    it.each(['openid', 'gitlab', 'email'] as const)(
      'changes nothing the second time (%s)',
      async mode => {
        await connect(mode).ensure(bob);
        mattermost.changes.length = 0;
        const { outcome } = await connect(mode).ensure(bob);
        expect(outcome).toBe('unchanged');
        expect(mattermost.changes).toEqual([]);
      },
    );

    it('takes the marked name when the plain one is somebody else’s', async () => {
      mattermost.add({ username: 'bob', email: 'other@globex.example' });
      const { account } = await connect().ensure(bob);
      expect(account.username).toMatch(/^bob-[0-9a-f]{10}$/);
      expect(mattermost.users).toHaveLength(2);
    });

    it('finds its account when name and address were changed since', async () => {
      mattermost.add({
        username: 'robert',
        email: 'robert@acme.example',
        auth_service: 'openid',
        auth_data: 'sub-of-bob',
      });
      const { outcome, account } = await connect().ensure(bob);
      expect(outcome).toBe('updated');
      expect(account.externalId).toBe('id0');
      expect(mattermost.users).toHaveLength(1);
    });

    it('follows the address of the identity provider, when that vouches for it', async () => {
      mattermost.add({
        username: 'bob',
        email: 'old@acme.example',
        auth_service: 'openid',
        auth_data: 'sub-of-bob',
      });
      const unverified = { ...bob, emailVerified: false };
      expect((await connect().ensure(unverified)).outcome).toBe('unchanged');
      expect((await connect().ensure(bob)).outcome).toBe('updated');
      expect(mattermost.users[0].email).toBe('bob@acme.example');
    });

    it('links a local account with the verified address and ends its sessions', async () => {
      mattermost.add({ username: 'bobby', email: bob.email });
      const { outcome, account } = await connect().ensure(bob);
      expect(outcome).toBe('adopted');
      expect(account.username).toBe('bobby');
      expect(mattermost.users[0].auth_data).toBe('sub-of-bob');
      expect(mattermost.changes).toEqual([
        'PUT /users/id0/auth',
        'POST /users/id0/sessions/revoke/all',
      ]);
    });

    it.each([
      [
        'linked to another identity',
        { auth_service: 'openid', auth_data: 'sub-of-mallory' },
        bob,
      ],
      ['is a bot', { is_bot: true }, bob],
      ['is a system admin', { roles: 'system_user system_admin' }, bob],
      ['is deactivated', { delete_at: 1 }, bob],
      ['does not vouch', {}, { ...bob, emailVerified: false }],
    ])('refuses an account that %s', async (text, account, person) => {
      mattermost.add({ username: 'bob', email: bob.email, ...account });
      await expect(connect().ensure(person)).rejects.toMatchObject({
        kind: 'conflict',
        message: expect.stringContaining(text),
      });
      expect(mattermost.changes).toEqual([]);
    });

    it.each([
      ['a Kelvin sign for a k', 'fran\u212a@acme.example'],
      ['an alias', 'frank+x@acme.example'],
    ])(
      "does not take a stranger's account for an address with %s",
      async (_, email) => {
        const stranger = mattermost.add({
          username: 'frank',
          email: 'frank@acme.example',
        });
        await expect(
          connect().ensure({ ...bob, username: 'frank', email }),
        ).resolves.toMatchObject({
          outcome: 'created',
          account: { username: expect.stringMatching(/^frank-/) },
        });
        expect(stranger).toMatchObject({ auth_service: '', auth_data: '' });
      },
    );

    it('never goes by the name alone', async () => {
      const stranger = mattermost.add({
        username: 'bob',
        email: 'stranger@acme.example',
        auth_service: 'openid',
        auth_data: 'sub-of-a-stranger',
      });
      await expect(connect().find(bob)).resolves.toBeUndefined();
      await expect(connect().ensure(bob)).resolves.toMatchObject({
        outcome: 'created',
      });
      expect(stranger.auth_data).toBe('sub-of-a-stranger');
    });

    it('does not believe an earlier answer about an account that is linked elsewhere', async () => {
      mattermost.add({
        username: 'robert',
        email: 'robert@acme.example',
        auth_service: 'openid',
        auth_data: 'sub-of-a-stranger',
      });
      const known = { externalId: 'id0' };
      await expect(connect().find(bob, known)).resolves.toBeUndefined();
      await expect(connect().ensure(bob, known)).resolves.toMatchObject({
        outcome: 'created',
      });
    });

    it.each(['openid', 'email'] as const)(
      'keeps the account when username and e-mail of the person change (%s)',
      async mode => {
        const { account } = await connect(mode).ensure(bob);
        const renamed = {
          ...bob,
          username: 'robert',
          email: 'robert@acme.example',
        };
        const known = { externalId: account.externalId };
        await expect(
          connect(mode).ensure(renamed, known),
        ).resolves.toMatchObject({
          outcome: 'updated',
          account: { externalId: account.externalId, username: 'bob' },
        });
        expect(mattermost.users).toMatchObject([{ email: renamed.email }]);
        await connect(mode).suspend(renamed, known);
        expect(mattermost.users[0].delete_at).toBe(1);
        await connect(mode).restore(renamed, known);
        expect(mattermost.users[0].delete_at).toBe(0);
      },
    );

    it('counts an account as created when only the answer was lost', async () => {
      mattermost.loseNextCreate = true;
      const { outcome } = await connect().ensure(bob);
      expect(outcome).toBe('created');
      expect(mattermost.users).toHaveLength(1);
    });

    it('leaves a suspended account suspended', async () => {
      await connect().ensure(bob);
      await connect().suspend(bob);
      const { outcome, account } = await connect().ensure(bob);
      expect(outcome).toBe('unchanged');
      expect(account.state).toBe('suspended');
    });
  });

  describe('suspend, restore and remove', () => {
    it('puts the link aside, so that no log-in activates the account again', async () => {
      await connect().ensure(bob);
      await connect().suspend(bob);
      await connect().suspend(bob);
      expect(mattermost.users[0]).toMatchObject({
        auth_data: 'suspended:sub-of-bob',
        delete_at: 1,
      });
      expect((await connect().find(bob))?.state).toBe('suspended');
      expect((await connect().verifyLink(bob)).linked).toBe(false);
    });

    it('brings link and account back', async () => {
      await connect().ensure(bob);
      await connect().suspend(bob);
      await connect().restore(bob);
      expect(mattermost.users[0]).toMatchObject({
        auth_data: 'sub-of-bob',
        delete_at: 0,
      });
      expect((await connect().verifyLink(bob)).linked).toBe(true);
    });

    it('leaves somebody else’s account alone', async () => {
      mattermost.add({
        username: 'bob',
        email: bob.email,
        auth_service: 'openid',
        auth_data: 'sub-of-mallory',
      });
      await connect().suspend(bob);
      await connect().remove(bob);
      expect(mattermost.changes).toEqual([]);
      await expect(connect().restore(bob)).rejects.toMatchObject({
        kind: 'not-found',
      });
    });

    it('deletes where the server allows it', async () => {
      mattermost.allowsDeletion = true;
      await connect().ensure(bob);
      await connect().remove(bob);
      expect(mattermost.users).toEqual([]);
      await expect(connect().remove(bob)).resolves.toBeUndefined();
    });

    it('keeps the account deactivated and says so where the server does not', async () => {
      await connect().ensure(bob);
      await connect().remove(bob);
      expect(mattermost.users[0].delete_at).toBe(1);
      expect(logger.info).toHaveBeenCalledWith(
        expect.stringContaining('EnableAPIUserDeletion'),
      );
    });
  });

  describe('inUse', () => {
    it('is an account that is in a team', async () => {
      await connect().ensure(bob);
      expect(await connect().inUse(bob)).toBeUndefined();
      mattermost.teams.set(mattermost.users[0].id, ['Acme']);
      expect(await connect().inUse(bob)).toMatch(/is a member of Acme$/);
    });
  });

  describe('verifyLink', () => {
    it('says that there is no account', async () => {
      await expect(connect().verifyLink(bob)).resolves.toEqual({
        linked: false,
        reason: 'There is no account in Mattermost yet',
      });
    });

    it('says that there is no single sign-on', async () => {
      await connect('email').ensure(bob);
      const { linked, reason } = await connect('email').verifyLink(bob);
      expect(linked).toBe(false);
      expect(reason).toContain('mattermost.sso.mode is "email"');
    });

    it('says that the account is not linked', async () => {
      mattermost.add({ username: 'bob', email: bob.email });
      const { linked, reason } = await connect().verifyLink(bob);
      expect(linked).toBe(false);
      expect(reason).toContain('not linked');
    });

    it('is not fooled by a server that does not offer the log-in', async () => {
      await connect().ensure(bob);
      mattermost.clientConfig.EnableSignUpWithOpenId = 'false';
      const { linked, reason } = await connect().verifyLink(bob);
      expect(linked).toBe(false);
      expect(reason).toContain('does not offer the log-in "openid"');
    });
  });

  describe('health', () => {
    it('tells the version of a server that can be worked with', async () => {
      await expect(connect().health()).resolves.toEqual({
        reachable: true,
        version: '11.6.0',
        authorized: true,
      });
    });

    it('names a version that is not supported', async () => {
      mattermost.clientConfig.Version = '9.5.1';
      await expect(connect().health()).resolves.toMatchObject({
        reachable: true,
        version: '9.5.1',
        authorized: false,
        message: expect.stringContaining('Mattermost 9.5.1 is not supported'),
      });
    });

    it('names the role that the token lacks', async () => {
      mattermost.roles = 'system_user';
      const health = await connect().health();
      expect(health.authorized).toBe(false);
      expect(health.message).toContain('system_admin');
    });

    it('does not throw when nothing answers', async () => {
      await mattermost.stop();
      const health = await connect().health();
      expect(health).toMatchObject({ reachable: false, authorized: false });
    });
  });
});
