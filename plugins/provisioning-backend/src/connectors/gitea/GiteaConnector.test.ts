import { GiteaClient } from '@formulary/plugin-gitea-node';
import { Person } from '@formulary/plugin-provisioning-common';
import { FakeGitea } from './__testUtils__/FakeGitea';
import { accountNames } from '../naming';
import { GiteaConnector } from './GiteaConnector';
import { giteaNameRules } from './nameRules';

const alice: Person = {
  userRef: 'user:default/alice',
  issuer: 'https://id.example',
  subject: 'subject-of-alice',
  username: 'alice',
  email: 'alice@acme.example',
  emailVerified: true,
  displayName: 'Alice Moreau',
  organisation: 'acme',
  groups: [],
};

const linked = {
  login: 'alice',
  email: alice.email,
  full_name: alice.displayName,
  source_id: 1,
  login_name: alice.subject,
};

describe('GiteaConnector', () => {
  let gitea: FakeGitea;
  let client: GiteaClient;
  let connector: GiteaConnector;

  beforeEach(async () => {
    gitea = new FakeGitea();
    client = await gitea.start();
    connector = new GiteaConnector(client);
  });

  afterEach(() => gitea.stop());

  describe('ensure', () => {
    it('creates an account on which the first log-in lands', async () => {
      await expect(connector.ensure(alice)).resolves.toEqual({
        outcome: 'created',
        account: {
          service: 'gitea',
          email: 'alice@acme.example',
          state: 'active',
          externalId: '1',
          username: 'alice',
          url: `${client.baseUrl}/alice`,
        },
      });
      expect(gitea.users).toMatchObject([linked]);
      await expect(connector.verifyLink(alice)).resolves.toMatchObject({
        linked: true,
      });
    });

    it('changes nothing the second time', async () => {
      await connector.ensure(alice);
      gitea.changes.length = 0;
      await expect(connector.ensure(alice)).resolves.toMatchObject({
        outcome: 'unchanged',
      });
      expect(gitea.changes).toEqual([]);
    });

    it('makes one account when two runs come at once', async () => {
      const results = await Promise.all([
        connector.ensure(alice),
        connector.ensure(alice),
      ]);
      expect(gitea.users).toHaveLength(1);
      expect(new Set(results.map(({ account }) => account.externalId))).toEqual(
        new Set(['1']),
      );
    });

    it('finds the account again when the answer to the creation is lost', async () => {
      gitea.loseNextCreate = true;
      await expect(connector.ensure(alice)).resolves.toMatchObject({
        account: { username: 'alice' },
      });
      expect(gitea.users).toHaveLength(1);
    });

    it('follows a changed name and a verified address, keeps the username and sends the whole link', async () => {
      gitea.add({ ...linked, email: 'old@acme.example', full_name: 'Alice' });
      await expect(
        connector.ensure({ ...alice, username: 'alice.moreau' }),
      ).resolves.toMatchObject({
        outcome: 'updated',
        account: { username: 'alice' },
      });
      expect(gitea.changes).toEqual([
        {
          call: 'PATCH /admin/users/alice',
          body: {
            source_id: 1,
            login_name: alice.subject,
            email: alice.email,
            full_name: 'Alice Moreau',
          },
        },
      ]);
    });

    it('does not take over an address that is not verified', async () => {
      gitea.add(linked);
      await expect(
        connector.ensure({
          ...alice,
          email: 'ceo@acme.example',
          emailVerified: false,
        }),
      ).resolves.toMatchObject({ outcome: 'unchanged' });
    });

    it("marks the name when it is somebody else's", async () => {
      gitea.add({ login: 'Alice' });
      const [, marked] = accountNames(alice, giteaNameRules);
      await expect(connector.ensure(alice)).resolves.toMatchObject({
        outcome: 'created',
        account: { username: marked },
      });
    });

    it('adopts a local account with the verified address', async () => {
      gitea.add({ login: 'amoreau', email: 'Alice@acme.example' });
      await expect(
        connector.ensure({ ...alice, email: 'Alice@acme.example' }),
      ).resolves.toMatchObject({
        outcome: 'adopted',
        account: { username: 'amoreau', state: 'active' },
      });
      expect(gitea.users).toMatchObject([
        { login: 'amoreau', source_id: 1, login_name: alice.subject },
      ]);
    });

    it.each([
      ['is linked to another subject', { login_name: 'x', source_id: 1 }, {}],
      ['belongs to another source', { source_id: 2 }, {}],
      ['is an administrator', { is_admin: true }, {}],
      ['may not log in', { prohibit_login: true }, {}],
      ['is not activated', { active: false }, {}],
      ['has an address that is not verified', {}, { emailVerified: false }],
    ])(
      'refuses to adopt an account that %s, and says what to do',
      async (_, account, person) => {
        gitea.add({ login: 'other', email: alice.email, ...account });
        await expect(
          connector.ensure({ ...alice, ...person }),
        ).rejects.toMatchObject({
          kind: 'conflict',
          message: expect.stringContaining('the account other has the e-mail'),
        });
        expect(gitea.changes).toEqual([]);
      },
    );

    it.each([
      ['a Kelvin sign for a k', 'fran\u212a@acme.example'],
      ['an alias', 'frank+x@acme.example'],
      ['dots', 'f.rank@acme.example'],
    ])(
      "makes an account of its own for an address that is a stranger's with %s",
      async (_, email) => {
        const stranger = gitea.add({
          login: 'frank',
          email: 'frank@acme.example',
        });
        await expect(
          connector.ensure({ ...alice, username: 'frank', email }),
        ).resolves.toMatchObject({
          outcome: 'created',
          account: { username: expect.stringMatching(/^frank-[0-9a-f]{10}$/) },
        });
        expect(stranger).toMatchObject({ login_name: '', source_id: 0 });
      },
    );

    it('never takes the account of another subject with the same name', async () => {
      const stranger = gitea.add({ ...linked, login_name: 'somebody-else' });
      await expect(
        connector.ensure({ ...alice, email: 'mallory@acme.example' }),
      ).resolves.toMatchObject({ outcome: 'created' });
      expect(stranger.login_name).toBe('somebody-else');
    });

    it('keeps the link when username and e-mail of the person change', async () => {
      await connector.ensure(alice);
      const renamed = {
        ...alice,
        username: 'alice.dupont',
        email: 'alice.dupont@acme.example',
      };
      await expect(connector.ensure(renamed)).resolves.toMatchObject({
        outcome: 'updated',
        account: { externalId: '1', username: 'alice' },
      });
      expect(gitea.users).toMatchObject([
        { email: renamed.email, source_id: 1, login_name: alice.subject },
      ]);
      await expect(connector.verifyLink(renamed)).resolves.toMatchObject({
        linked: true,
      });
    });

    it('says whose the new e-mail is when it is taken', async () => {
      gitea.add({ ...linked, email: 'old@acme.example' });
      gitea.add({ login: 'other', email: alice.email });
      await expect(connector.ensure(alice)).rejects.toMatchObject({
        kind: 'conflict',
        message: expect.stringContaining('the account other has it'),
      });
      expect(gitea.users[0]).toMatchObject({ login_name: alice.subject });
    });

    it('passes on that Gitea is down', async () => {
      await gitea.stop();
      await expect(connector.ensure(alice)).rejects.toMatchObject({
        kind: 'unavailable',
        transient: true,
      });
      await gitea.start();
    });
  });

  describe('find', () => {
    it('finds the linked account', async () => {
      gitea.add(linked);
      await expect(connector.find(alice)).resolves.toMatchObject({
        username: 'alice',
        state: 'active',
      });
    });

    it('tells one that onboarding would adopt as pending', async () => {
      gitea.add({ login: 'amoreau', email: alice.email });
      await expect(connector.find(alice)).resolves.toMatchObject({
        username: 'amoreau',
        state: 'pending',
      });
      await expect(connector.verifyLink(alice)).resolves.toMatchObject({
        linked: false,
      });
    });

    it('does not take somebody else for the person', async () => {
      gitea.add({ login: 'alice' });
      gitea.add({ login: 'other', email: alice.email, is_admin: true });
      await expect(connector.find(alice)).resolves.toBeUndefined();
    });
  });

  describe('leavers', () => {
    it('blocks the log-in and lets it in again, with the whole link each time', async () => {
      gitea.add(linked);
      await connector.suspend(alice);
      await expect(connector.find(alice)).resolves.toMatchObject({
        state: 'suspended',
      });
      await expect(connector.verifyLink(alice)).resolves.toMatchObject({
        linked: false,
        reason: expect.stringContaining('suspended'),
      });
      await connector.restore(alice);
      await connector.restore(alice);
      const link = { source_id: 1, login_name: alice.subject };
      expect(gitea.changes.map(({ body }) => body)).toEqual([
        { ...link, prohibit_login: true },
        { ...link, prohibit_login: false },
      ]);
    });

    it('has nothing to suspend or remove where there is no account, but nothing to restore either', async () => {
      await connector.suspend(alice);
      await connector.remove(alice);
      expect(gitea.changes).toEqual([]);
      await expect(connector.restore(alice)).rejects.toMatchObject({
        kind: 'not-found',
      });
    });

    it('removes the account after its memberships', async () => {
      gitea.add(linked);
      gitea.memberships.set('alice', ['acme']);
      await connector.remove(alice);
      expect(gitea.users).toEqual([]);
    });

    it('keeps an account that owns repositories, suspended, and says what to do', async () => {
      gitea.add(linked);
      gitea.owners.add('alice');
      await expect(connector.remove(alice)).rejects.toMatchObject({
        kind: 'conflict',
        message: expect.stringContaining('Transfer or delete'),
      });
      expect(gitea.users).toMatchObject([{ prohibit_login: true }]);
    });
  });

  describe('rollback', () => {
    it('removes an account that nobody has used', async () => {
      gitea.add({ ...linked, last_login: '1970-01-01T00:00:00Z' });
      await expect(connector.inUse(alice)).resolves.toBeUndefined();
      await connector.remove(alice, { onlyUnused: true });
      expect(gitea.users).toEqual([]);
    });

    it.each([
      [
        'its owner has logged in',
        () => gitea.add({ ...linked, last_login: '2026-11-20T08:00:00Z' }),
        'Somebody has logged in to Gitea as alice',
      ],
      [
        'it owns repositories',
        () => {
          gitea.add(linked);
          gitea.owners.add('alice');
        },
        "Gitea's account alice owns repositories",
      ],
      [
        'it is a member of an organisation',
        () => {
          gitea.add(linked);
          gitea.memberships.set('alice', ['acme']);
        },
        "Gitea's account alice is a member of the organisation acme",
      ],
    ])('is told when %s', async (_what, prepare, reason) => {
      prepare();
      await expect(connector.inUse(alice)).resolves.toBe(reason);
    });

    it('neither suspends nor takes out of organisations what Gitea keeps', async () => {
      gitea.add(linked);
      gitea.memberships.set('alice', ['acme']);
      await expect(
        connector.remove(alice, { onlyUnused: true }),
      ).rejects.toMatchObject({ kind: 'conflict' });
      expect(gitea.users).toMatchObject([{ prohibit_login: false }]);
      expect(gitea.memberships.get('alice')).toEqual(['acme']);
    });
  });

  describe('health', () => {
    it('is well with the token of an administrator', async () => {
      await expect(connector.health()).resolves.toEqual({
        reachable: true,
        version: '1.25.2',
        authorized: true,
      });
    });

    it('names a version that is not supported', async () => {
      gitea.version = '1.19.4';
      await expect(connector.health()).resolves.toEqual({
        reachable: true,
        version: '1.19.4',
        authorized: false,
        message: expect.stringContaining('Gitea 1.19.4 is not supported'),
      });
    });

    it("tells that the token is not an administrator's", async () => {
      gitea.isAdmin = false;
      await expect(connector.health()).resolves.toMatchObject({
        reachable: true,
        authorized: false,
        message: expect.stringContaining('not a site administrator'),
      });
    });

    it('tells that the token is refused', async () => {
      gitea.acceptsToken = false;
      await expect(connector.health()).resolves.toMatchObject({
        reachable: true,
        version: '1.25.2',
        authorized: false,
      });
    });

    it('tells that there is no answer', async () => {
      await gitea.stop();
      await expect(connector.health()).resolves.toMatchObject({
        reachable: false,
        authorized: false,
        message: expect.stringContaining('not running'),
      });
      await gitea.start();
    });
  });
});
