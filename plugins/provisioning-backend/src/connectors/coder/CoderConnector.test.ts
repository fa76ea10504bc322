import { CoderClient } from '@formulary/plugin-coder-node';
import { Person } from '@formulary/plugin-provisioning-common';
import { accountNames } from '../naming';
import { CoderConnector } from './CoderConnector';
import { coderNameRules } from './nameRules';

interface User {
  id: string;
  username: string;
  email: string;
  login_type: string;
  status: string;
  organization_ids: string[];
  roles?: Array<{ name: string }>;
}

const alice: Person = {
  userRef: 'user:default/alice',
  issuer: 'https://id.example',
  subject: 'sub-alice',
  username: 'alice',
  email: 'alice@acme.example',
  emailVerified: true,
  displayName: 'Alice Moreau',
  organisation: 'acme',
  groups: [],
};

/** As much of Coder as the connector calls. */
class FakeCoder {
  readonly users: User[] = [];
  readonly workspaces: Array<{ id: string; status: string }> = [];
  readonly changes: string[] = [];
  down = false;
  version = 'v2.36.0';
  readonly client = new CoderClient({
    baseUrl: 'https://coder.example.com',
    token: 'secret',
    fetch: async (input, init) => this.answer(new URL(String(input)), init),
  });

  add(user: Partial<User>): User {
    const added = {
      id: `u${this.users.length}`,
      username: 'someone',
      email: 'someone@acme.example',
      login_type: 'oidc',
      status: 'dormant',
      organization_ids: ['o1'],
      ...user,
    };
    this.users.push(added);
    return added;
  }

  private answer(url: URL, init: RequestInit = {}) {
    if (this.down) throw new TypeError('fetch failed');
    const path = url.pathname.replace('/api/v2', '');
    const method = init.method ?? 'GET';
    if (method !== 'GET') this.changes.push(`${method} ${path}`);
    const [status, body] = this.route(method, path, url, String(init.body));
    return Response.json(body, { status });
  }

  private route(
    method: string,
    path: string,
    url: URL,
    body: string,
  ): [number, unknown] {
    const missing: [number, unknown] = [
      400,
      { message: '"user" must be an existing uuid or username.' },
    ];
    if (path === '/buildinfo') return [200, { version: this.version }];
    if (path === '/organizations/default') {
      return [200, { id: 'o1', name: 'coder', is_default: true }];
    }
    if (path.startsWith('/organizations/')) return [200, {}];
    if (path === '/users' && method === 'GET') {
      const q = url.searchParams.get('q')?.toLowerCase() ?? '';
      return [
        200,
        { users: this.users.filter(it => it.email.toLowerCase().includes(q)) },
      ];
    }
    if (path === '/users') return this.create(JSON.parse(body));
    if (path === '/workspaces') {
      const rows = this.workspaces.map(it => workspace(it.id, it.status));
      return [200, { workspaces: rows, count: rows.length }];
    }
    const found = path.match(/^\/workspaces\/([^/]+)\/builds$/);
    if (found) return this.build(found[1], JSON.parse(body).transition);
    const build = path.match(/^\/workspacebuilds\/b-(.+)$/)?.[1];
    if (build) {
      const row = this.workspaces.find(it => it.id === build);
      return [200, workspace(build, row?.status ?? 'deleted').latest_build];
    }
    const [, name, action] =
      path.match(/^\/users\/([^/]+)(?:\/status\/(\w+))?$/) ?? [];
    const user = this.users.find(it => [it.id, it.username].includes(name));
    if (!user) return missing;
    if (action) user.status = action === 'suspend' ? 'suspended' : 'active';
    if (method === 'DELETE') {
      if (this.workspaces.length > 0)
        return [417, { message: 'has workspaces' }];
      this.users.splice(this.users.indexOf(user), 1);
    }
    return [200, user];
  }

  private create(body: Partial<User>): [number, unknown] {
    const taken = this.users.some(
      it => it.username === body.username || it.email === body.email,
    );
    if (taken) return [409, { message: 'User already exists.' }];
    return [201, this.add(body)];
  }

  private build(id: string, transition: string): [number, unknown] {
    const index = this.workspaces.findIndex(it => it.id === id);
    if (transition === 'delete') this.workspaces.splice(index, 1);
    else this.workspaces[index].status = 'stopped';
    const status = transition === 'delete' ? 'deleted' : 'stopped';
    return [201, workspace(id, status).latest_build];
  }
}

function workspace(id: string, status: string) {
  const transitions: Record<string, string> = {
    running: 'start',
    stopped: 'stop',
    deleted: 'delete',
  };
  return {
    id,
    name: id,
    owner_id: 'u0',
    owner_name: 'alice',
    template_id: 't',
    template_name: 't',
    last_used_at: '',
    latest_build: {
      id: `b-${id}`,
      build_number: 1,
      transition: transitions[status],
      status,
      template_version_id: 'v',
      job: { id: 'j', status: 'succeeded', file_id: 'f' },
      resources: [],
    },
  };
}

describe('CoderConnector', () => {
  let coder: FakeCoder;
  let connector: CoderConnector;
  const unique = accountNames(alice, coderNameRules).at(-1)!;

  beforeEach(() => {
    coder = new FakeCoder();
    connector = new CoderConnector(coder.client);
  });

  describe('ensure', () => {
    it('creates an account that logs in with OIDC, once', async () => {
      const first = await connector.ensure(alice);
      expect(first).toMatchObject({
        outcome: 'created',
        account: { service: 'coder', state: 'active', username: 'alice' },
      });
      expect(coder.users[0]).toMatchObject({
        login_type: 'oidc',
        organization_ids: ['o1'],
        email: alice.email,
      });
      const second = await connector.ensure(alice);
      expect(second).toEqual({ ...first, outcome: 'unchanged' });
      expect(coder.users).toHaveLength(1);
    });

    it('adopts an account with the same verified e-mail in any case', async () => {
      coder.add({ username: 'amoreau', email: 'Alice@Acme.Example' });
      expect(await connector.ensure(alice)).toMatchObject({
        outcome: 'adopted',
        account: { username: 'amoreau' },
      });
      expect(coder.users).toHaveLength(1);
    });

    it('makes an account a member of the organization', async () => {
      coder.add({
        username: 'alice',
        email: alice.email,
        organization_ids: [],
      });
      expect(await connector.ensure(alice)).toMatchObject({
        outcome: 'updated',
      });
      expect(coder.changes).toEqual(['POST /organizations/default/members/u0']);
    });

    it('takes the name with the hash when a local account has the plain one', async () => {
      coder.add({ username: 'alice', login_type: 'password' });
      expect(await connector.ensure(alice)).toMatchObject({
        outcome: 'created',
        account: { username: unique },
      });
    });

    it('refuses to guess whose an OIDC account of the same name and another e-mail is', async () => {
      coder.add({ username: 'alice', email: 'former@acme.example' });
      await expect(connector.ensure(alice)).rejects.toMatchObject({
        kind: 'conflict',
        message: expect.stringContaining('former@acme.example'),
      });
      expect(coder.users).toHaveLength(1);
    });

    it('refuses an account that logs in with a password', async () => {
      coder.add({ email: alice.email, login_type: 'password' });
      await expect(connector.ensure(alice)).rejects.toMatchObject({
        kind: 'conflict',
      });
    });

    it('refuses a person whose e-mail is not verified', async () => {
      await expect(
        connector.ensure({ ...alice, emailVerified: false }),
      ).rejects.toMatchObject({ kind: 'validation' });
      expect(coder.changes).toEqual([]);
    });

    it.each([
      ['a Kelvin sign for a k', 'fran\u212a@acme.example'],
      ['an alias', 'frank+x@acme.example'],
    ])(
      "does not take a stranger's account for an address with %s",
      async (_, email) => {
        coder.add({ username: 'stranger', email: 'frank@acme.example' });
        await expect(
          connector.ensure({ ...alice, email }),
        ).resolves.toMatchObject({
          outcome: 'created',
          account: { username: 'alice' },
        });
      },
    );

    it("refuses somebody else's suspended account with the same address", async () => {
      const user = coder.add({
        username: 'amoreau',
        email: alice.email,
        status: 'suspended',
      });
      await expect(connector.ensure(alice)).rejects.toMatchObject({
        kind: 'conflict',
        message: expect.stringContaining('an admin activates it'),
      });
      expect(user.status).toBe('suspended');
      expect(coder.changes).toEqual([]);
    });

    it('leaves its own suspended account suspended', async () => {
      coder.add({
        username: 'alice',
        email: alice.email,
        status: 'suspended',
      });
      await expect(connector.ensure(alice)).resolves.toMatchObject({
        outcome: 'unchanged',
        account: { state: 'suspended' },
      });
    });

    it('is not fooled by an account that somebody renamed to a marked name', async () => {
      coder.add({
        username: unique,
        email: 'mallory@acme.example',
        status: 'active',
      });
      await expect(connector.find(alice)).resolves.toBeUndefined();
      await connector.suspend(alice);
      await connector.remove(alice);
      expect(coder.changes).toEqual([]);
      await expect(connector.ensure(alice)).resolves.toMatchObject({
        outcome: 'created',
        account: { username: 'alice' },
      });
    });

    it('gives nobody a name that is marked for another', async () => {
      const mallory = { ...alice, subject: 'mallory', username: unique };
      const { account } = await connector.ensure({
        ...mallory,
        email: 'mallory@acme.example',
      });
      expect(account.username).not.toBe(unique);
    });

    it('keeps the account when username and e-mail of the person change', async () => {
      const { account } = await connector.ensure(alice);
      coder.users[0].status = 'active';
      const renamed = {
        ...alice,
        username: 'dupont',
        email: 'dupont@acme.example',
      };
      const known = { externalId: account.externalId };
      await expect(connector.ensure(renamed, known)).resolves.toMatchObject({
        outcome: 'unchanged',
        account: { externalId: account.externalId, username: 'alice' },
      });
      expect(coder.users).toHaveLength(1);
      await expect(connector.verifyLink(renamed, known)).resolves.toMatchObject(
        { linked: true, reason: expect.stringContaining('earlier log-in') },
      );
      await connector.suspend(renamed, known);
      expect(coder.users[0].status).toBe('suspended');
      await connector.restore(renamed, known);
      expect(coder.users[0].status).toBe('active');
    });

    it('says what to do when the e-mail changes before the first log-in', async () => {
      const { account } = await connector.ensure(alice);
      await expect(
        connector.ensure(
          { ...alice, email: 'dupont@acme.example' },
          { externalId: account.externalId },
        ),
      ).rejects.toMatchObject({
        kind: 'conflict',
        message: expect.stringContaining('was never used'),
      });
      expect(coder.users).toHaveLength(1);
    });

    it('passes on that Coder is away', async () => {
      coder.down = true;
      await expect(connector.ensure(alice)).rejects.toMatchObject({
        kind: 'unavailable',
      });
    });
  });

  describe('find and verifyLink', () => {
    it('does not take an account by an e-mail that is not verified', async () => {
      coder.add({ email: alice.email });
      await expect(
        connector.find({ ...alice, emailVerified: false }),
      ).resolves.toBeUndefined();
    });

    it.each([
      ['no account', undefined, false],
      ['a dormant account with the e-mail', {}, true],
      ['an active one', { status: 'active' }, true],
      ['a suspended one', { status: 'suspended' }, false],
      ['one with a password', { login_type: 'password' }, false],
      [
        'a used one under the former e-mail',
        { username: unique, email: 'former@acme.example', status: 'active' },
        true,
      ],
      [
        'an unused one under the former e-mail',
        { username: unique, email: 'former@acme.example' },
        false,
      ],
    ])('tells of %s whether a log-in lands on it', async (_, user, linked) => {
      if (user) coder.add({ email: alice.email, ...user });
      const known = { externalId: 'u0' };
      await expect(connector.verifyLink(alice, known)).resolves.toEqual({
        linked,
        reason: expect.any(String),
      });
    });
  });

  describe('leavers', () => {
    it('suspends, stops what runs and deletes nothing', async () => {
      const user = coder.add({ username: 'alice', email: alice.email });
      coder.workspaces.push(
        { id: 'w1', status: 'running' },
        { id: 'w2', status: 'stopped' },
      );
      await connector.suspend(alice);
      expect(user.status).toBe('suspended');
      expect(coder.changes).toEqual([
        'PUT /users/u0/status/suspend',
        'POST /workspaces/w1/builds',
      ]);
      expect(await connector.find(alice)).toMatchObject({ state: 'suspended' });
      await connector.suspend(alice);
      expect(coder.changes).toHaveLength(2);
      await connector.restore(alice);
      expect(user.status).toBe('active');
    });

    it('removes the workspaces first, then the account', async () => {
      coder.add({ username: 'alice', email: alice.email });
      coder.workspaces.push({ id: 'w1', status: 'stopped' });
      await connector.remove(alice);
      expect(coder.users).toEqual([]);
      await connector.remove(alice);
      expect(coder.changes).toEqual([
        'POST /workspaces/w1/builds',
        'DELETE /users/u0',
      ]);
    });
  });

  describe('rollback', () => {
    it('removes an account that nobody has used', async () => {
      coder.add({ username: 'alice', email: alice.email });
      expect(await connector.inUse(alice)).toBeUndefined();
      await connector.remove(alice, { onlyUnused: true });
      expect(coder.changes).toEqual(['DELETE /users/u0']);
    });

    it('is told of workspaces, and leaves them when they come in between', async () => {
      coder.add({ username: 'alice', email: alice.email });
      coder.workspaces.push({ id: 'w1', status: 'stopped' });
      expect(await connector.inUse(alice)).toBe(
        "Coder's account alice has workspaces: w1",
      );
      await expect(
        connector.remove(alice, { onlyUnused: true }),
      ).rejects.toMatchObject({ message: expect.stringContaining('Coder') });
      expect([coder.users.length, coder.workspaces.length]).toEqual([1, 1]);
    });

    it('is told that somebody has logged in', async () => {
      coder.add({ username: 'alice', email: alice.email, status: 'active' });
      expect(await connector.inUse(alice)).toBe(
        'Somebody has logged in to Coder as alice',
      );
    });
  });

  describe('health', () => {
    it.each([
      [[{ name: 'owner' }], true],
      [[], false],
    ])('with the roles %j is authorized: %s', async (roles, authorized) => {
      coder.add({ username: 'me', roles });
      expect(await connector.health()).toMatchObject({
        reachable: true,
        version: 'v2.36.0',
        authorized,
      });
    });

    it('names a version that is not supported', async () => {
      coder.version = 'v2.9.0';
      coder.add({ username: 'me', roles: [{ name: 'owner' }] });
      expect(await connector.health()).toMatchObject({
        reachable: true,
        version: 'v2.9.0',
        authorized: false,
        message: expect.stringContaining('Coder v2.9.0 is not supported'),
      });
    });

    it('tells that Coder is away', async () => {
      coder.down = true;
      expect(await connector.health()).toEqual({
        reachable: false,
        version: undefined,
        authorized: false,
        message: expect.stringContaining('Coder could not'),
      });
    });
  });
});
