import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { GiteaClient } from '@formulary/plugin-gitea-node';
import { BrowserlessSession } from './browserlessLogin';
import { letsLogIn, visitorOf } from './firstLogin';
import { ContractTarget, startTarget } from './target';

const exec = promisify(execFile);

jest.setTimeout(60_000);

/** What needs the sandbox's Keycloak is left out for a real server. */
const describeInSandbox = process.env.FORMULARY_CONTRACT_GITEA_URL
  ? describe.skip
  : describe;

// A real server: FORMULARY_CONTRACT_GITEA_URL, _TOKEN (a site administrator's),
// _USERNAME (theirs) and _SOURCE (number of the OAuth2 login source); for the
// first log-in _LOGIN_USERNAME, _LOGIN_PASSWORD, _LOGIN_EMAIL, _LOGIN_SUBJECT
// and _LOGIN_SOURCE (name of the login source).
describe('Gitea', () => {
  const mark = randomBytes(4).toString('hex');
  const username = `contract-${mark}`;
  const email = `${username}@acme.example`;
  const subject = `subject-${mark}`;
  let target: ContractTarget;
  let client: GiteaClient;
  let folder: string;
  let api: (
    method: string,
    path: string,
    body?: unknown,
    token?: string,
  ) => Promise<{ status: number; body: unknown; headers: Headers }>;

  beforeAll(async () => {
    target = await startTarget('gitea');
    folder = await mkdtemp(join(tmpdir(), 'gitea-contract-'));
    client = new GiteaClient({
      baseUrl: target.url,
      token: target.token,
      username:
        target.settings.username ?? target.credentials!.services.gitea.username,
      oauthSourceId: Number(
        target.settings.source ??
          target.credentials!.services.gitea.oauthSourceId,
      ),
    });
    api = async (method, path, body, token = target.token) => {
      const response = await fetch(`${target.url}/api/v1${path}`, {
        method,
        headers: {
          'Content-Type': 'application/json',
          ...(token ? { Authorization: `token ${token}` } : {}),
        },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
      const text = await response.text();
      return {
        status: response.status,
        body: text ? JSON.parse(text) : undefined,
        headers: response.headers,
      };
    };
  });

  afterAll(async () => {
    if (!target) return;
    await api('DELETE', `/admin/users/${username}?purge=true`);
    await api('DELETE', `/admin/users/${username}-2?purge=true`);
    await target.stop();
    await rm(folder, { recursive: true });
  });

  it('tells its version without a token (routers/api/v1/misc/version.go)', async () => {
    const { status, body } = await api('GET', '/version', undefined, '');
    expect(status).toBe(200);
    expect(body).toEqual({ version: expect.stringMatching(/^\d+\.\d+/) });
  });

  it('has a version that is supported (routers/api/v1/misc/version.go)', async () => {
    const { problem } = await client.checkVersion();
    expect(problem).toBeUndefined();
  });

  it('asks for a token on the routes of administrators (routers/api/v1/api.go, reqToken)', async () => {
    const { status, body } = await api('GET', '/admin/users', undefined, '');
    expect(status).toBe(401);
    expect(body).toMatchObject({ message: expect.any(String) });
  });

  it('knows the token as a site administrator (services/convert/user.go)', async () => {
    await expect(client.users.me()).resolves.toMatchObject({ is_admin: true });
  });

  it('creates a user of the login source without a password, and answers 201 (routers/api/v1/admin/user.go)', async () => {
    const user = await client.users.create({
      username,
      email,
      fullName: 'Contract Test',
      subject,
    });
    expect(user).toMatchObject({
      login: username,
      email,
      login_name: subject,
      prohibit_login: false,
    });
  });

  it('finds the user by source and subject, by name in any case, by e-mail (models/user/search.go)', async () => {
    await expect(client.users.bySubject(subject)).resolves.toMatchObject({
      login: username,
    });
    await expect(client.users.bySubject('nobody')).resolves.toBeUndefined();
    await expect(
      client.users.byName(username.toUpperCase()),
    ).resolves.toMatchObject({ login: username });
    await expect(client.users.byEmail(email)).resolves.toMatchObject({
      login: username,
    });
  });

  it.each([
    ['a name that is taken', { username, email: `other-${mark}@acme.example` }],
    ['an e-mail that is taken', { username: `${username}-2`, email }],
    [
      'a reserved name',
      { username: 'assets', email: `r-${mark}@acme.example` },
    ],
    [
      'a name that ends in a dot',
      { username: `x${mark}.`, email: `d-${mark}@acme.example` },
    ],
    [
      'an unknown login source',
      {
        username: `${username}-2`,
        email: `s-${mark}@acme.example`,
        source_id: 9999,
      },
    ],
  ])(
    'refuses %s with 422 and a body of message and url (services/context/api.go)',
    async (_, fields) => {
      const { status, body } = await api('POST', '/admin/users', {
        source_id: client.oauthSourceId,
        login_name: `x-${mark}`,
        must_change_password: false,
        ...fields,
      });
      expect(status).toBe(422);
      expect(body).toEqual({
        message: expect.any(String),
        url: expect.any(String),
      });
    },
  );

  it('lists every user once, and nobody after the last page (routers/api/v1/admin/user.go, SearchUsers)', async () => {
    const names: string[] = [];
    for (let page = 1; ; page += 1) {
      const users = await client.users.list(page);
      if (users.length === 0) break;
      names.push(...users.map(({ login }) => login));
    }
    expect(names).toContain(username);
    expect(new Set(names).size).toBe(names.length);
  });

  it('keeps a user out who is prohibited to log in, and leaves the link (routers/api/v1/admin/user.go, EditUser)', async () => {
    const user = (await client.users.bySubject(subject))!;
    await client.users.prohibitLogin(user);
    await expect(client.users.bySubject(subject)).resolves.toMatchObject({
      id: user.id,
      prohibit_login: true,
    });
    await client.users.edit(user, subject, { prohibitLogin: false });
  });

  it('refuses a local user without a password with 400 (routers/api/v1/admin/user.go)', async () => {
    const { status } = await api('POST', '/admin/users', {
      username: `${username}-2`,
      email: `l-${mark}@acme.example`,
    });
    expect(status).toBe(400);
  });

  it('blanks a login name that an edit leaves out (routers/api/v1/admin/user.go, EditUser)', async () => {
    await api('PATCH', `/admin/users/${username}`, {
      source_id: client.oauthSourceId,
      full_name: 'Changed',
    });
    await expect(client.users.bySubject(subject)).resolves.toBeUndefined();
    const user = (await client.users.byName(username))!;
    await client.users.edit(user, subject, { fullName: 'Contract Test' });
    await expect(client.users.bySubject(subject)).resolves.toMatchObject({
      full_name: 'Contract Test',
    });
  });

  it('writes the link of an edit even when it refuses its e-mail with 400 (routers/api/v1/admin/user.go, EditUser)', async () => {
    const { email: taken } = await client.users.me();
    const path = `/admin/users/${username}`;
    const link = { source_id: client.oauthSourceId };
    const refused = await api('PATCH', path, {
      ...link,
      login_name: `other-${mark}`,
      email: taken,
    });
    expect(refused.status).toBe(400);
    await expect(
      client.users.bySubject(`other-${mark}`),
    ).resolves.toMatchObject({ login: username, email });
    await api('PATCH', path, { ...link, login_name: subject });
  });

  it('answers 500 to an edit with an unknown login source (routers/api/v1/admin/user.go, EditUser)', async () => {
    const { status } = await api('PATCH', `/admin/users/${username}`, {
      source_id: 9999,
      login_name: subject,
    });
    expect(status).toBe(500);
    await expect(client.users.bySubject(subject)).resolves.toBeDefined();
  });

  describe('a repository of the user', () => {
    const name = `orbit-${mark}`;

    it('is created private by an administrator for the user, with 201, and empty (routers/api/v1/admin/repo.go)', async () => {
      const repository = await client.repositories.create(username, {
        name,
        private: true,
        defaultBranch: 'main',
      });
      expect(repository).toMatchObject({
        full_name: `${username}/${name}`,
        private: true,
        empty: true,
      });
    });

    it('exists once: the second create is a 409 (routers/api/v1/repo/repo.go)', async () => {
      await expect(
        client.repositories.create(username, {
          name,
          private: true,
          defaultBranch: 'main',
        }),
      ).rejects.toMatchObject({ kind: 'conflict', status: 409 });
    });

    it('is not there for strangers: 404, not 403 (routers/api/v1/api.go, repoAssignment)', async () => {
      const { status } = await api(
        'GET',
        `/repos/${username}/${name}`,
        undefined,
        '',
      );
      expect(status).toBe(404);
    });

    it('takes a push and gives a clone over HTTP, for the right token only (routers/web/repo/githttp.go)', async () => {
      const { username: login, password } = client.gitCredentials();
      const remote = new URL(`${target.url}/${username}/${name}.git`);
      const anonymous = remote.href;
      remote.username = login;
      remote.password = password;
      const quiet = { env: { ...process.env, GIT_TERMINAL_PROMPT: '0' } };

      const source = join(folder, 'source');
      await mkdir(source);
      await writeFile(join(source, 'README.md'), '# Orbit\n');
      const git = (...args: string[]) => exec('git', ['-C', source, ...args]);
      await git('init', '--quiet', '--initial-branch=main');
      await git('add', '.');
      await git(
        ...['-c', 'user.name=Contract', '-c', 'user.email=c@acme.example'],
        ...['commit', '--quiet', '-m', 'Start'],
      );
      await git('push', '--quiet', remote.href, 'main');

      const copy = join(folder, 'copy');
      await exec('git', ['clone', '--quiet', remote.href, copy]);
      await expect(readFile(join(copy, 'README.md'), 'utf8')).resolves.toBe(
        '# Orbit\n',
      );
      await expect(
        exec('git', ['ls-remote', anonymous], quiet),
      ).rejects.toThrow();
      remote.password = 'wrong';
      await expect(
        exec('git', ['ls-remote', remote.href], quiet),
      ).rejects.toThrow();
    });

    it('then has a branch, and a file that the URL reader can read (routers/api/v1/repo/file.go)', async () => {
      const repository = (await client.repositories.get(username, name))!;
      expect(repository.empty).toBe(false);
      await expect(
        client.repositories.branch(repository, 'main'),
      ).resolves.toMatchObject({ name: 'main' });
      const { body } = await api(
        'GET',
        `/repos/${username}/${name}/contents/README.md?ref=main`,
      );
      expect(body).toMatchObject({
        encoding: 'base64',
        content: Buffer.from('# Orbit\n').toString('base64'),
      });
    });

    it('is read by commit and archive, as a URL reader does (routers/api/v1/repo/commits.go, download.go)', async () => {
      const { status, body } = await api(
        'GET',
        `/repos/${username}/${name}/git/commits/main`,
      );
      expect(status).toBe(200);
      expect(body).toMatchObject({
        sha: expect.stringMatching(/^[0-9a-f]{40}$/),
      });
      const archive = await fetch(
        `${target.url}/api/v1/repos/${username}/${name}/archive/main.tar.gz`,
        { headers: { Authorization: `token ${target.token}` } },
      );
      expect(archive.status).toBe(200);
      const bytes = new Uint8Array(await archive.arrayBuffer());
      // The first bytes of every gzip file (RFC 1952).
      expect([...bytes.slice(0, 2)]).toEqual([0x1f, 0x8b]);
      const missing = await api(
        'GET',
        `/repos/${username}/${name}/contents/nothing.txt?ref=main`,
      );
      expect(missing.status).toBe(404);
    });

    it('protects a branch once: 201, then 403 (routers/api/v1/repo/branch.go, CreateBranchProtection)', async () => {
      const path = `/repos/${username}/${name}/branch_protections`;
      const rule = { rule_name: 'main', enable_push: false };
      expect((await api('POST', path, rule)).status).toBe(201);
      expect((await api('POST', path, rule)).status).toBe(403);
    });

    it('takes no push to a protected branch, not even of an administrator, but to others (routers/private/hook_pre_receive.go)', async () => {
      const { username: login, password } = client.gitCredentials();
      const remote = new URL(`${target.url}/${username}/${name}.git`);
      remote.username = login;
      remote.password = password;
      const source = join(folder, 'source');
      const git = (...args: string[]) => exec('git', ['-C', source, ...args]);
      await git(
        ...['-c', 'user.name=Contract', '-c', 'user.email=c@acme.example'],
        ...['commit', '--quiet', '--allow-empty', '-m', 'Go on'],
      );
      await expect(git('push', '--quiet', remote.href, 'main')).rejects.toThrow(
        'Not allowed to push to protected branch main',
      );
      await git('push', '--quiet', remote.href, 'main:work');
      const repository = (await client.repositories.get(username, name))!;
      const branches = await client.repositories.branches(repository);
      expect(branches.map(branch => branch.name).sort()).toEqual([
        'main',
        'work',
      ]);
    });

    it('takes collaborators again and again with 204 (routers/api/v1/repo/collaborators.go)', async () => {
      const repository = (await client.repositories.get(username, name))!;
      const { login } = await client.users.me();
      await client.repositories.addCollaborator(repository, login, 'read');
      await client.repositories.addCollaborator(repository, login, 'write');
      const { status } = await api(
        'PUT',
        `/repos/${username}/${name}/collaborators/nobody-${mark}`,
        { permission: 'read' },
      );
      expect(status).toBe(422);
    });

    it('keeps its owner from being deleted: 422 (models/error.go, ErrUserOwnRepos)', async () => {
      const { status } = await api('DELETE', `/admin/users/${username}`);
      expect(status).toBe(422);
    });

    it('is gone once deleted (routers/api/v1/repo/repo.go, Delete)', async () => {
      const repository = (await client.repositories.get(username, name))!;
      await client.repositories.delete(repository);
      await expect(
        client.repositories.get(username, name),
      ).resolves.toBeUndefined();
    });
  });

  describe("the user's own token", () => {
    const path = `/users/${username}/tokens`;
    let text: string;

    const asAdministrator = async (method: string, body?: unknown) => {
      const { username: login, password } = client.gitCredentials();
      const basic = Buffer.from(`${login}:${password}`).toString('base64');
      const response = await fetch(`${target.url}/api/v1${path}`, {
        method,
        headers: {
          'Content-Type': 'application/json',
          Authorization: `Basic ${basic}`,
        },
        body: JSON.stringify(body),
      });
      return { status: response.status, body: await response.json() };
    };

    it('is made with Basic authentication only: 201, 401 with a token (routers/api/v1/api.go, reqBasicOrRevProxyAuth)', async () => {
      const wanted = { name: mark, scopes: ['read:repository', 'read:user'] };
      expect((await api('POST', path, wanted)).status).toBe(401);
      const { status, body } = await asAdministrator('POST', wanted);
      expect(status).toBe(201);
      expect(body).toMatchObject({
        name: mark,
        sha1: expect.stringMatching(/^[0-9a-f]{40}$/),
      });
      text = body.sha1;
    });

    it('has a name once: 400 (routers/api/v1/user/app.go, CreateAccessToken)', async () => {
      const { status } = await asAdministrator('POST', {
        name: mark,
        scopes: ['read:user'],
      });
      expect(status).toBe(400);
    });

    it('opens what its scopes say and its user may: 200, else 403 (routers/api/v1/api.go, tokenRequiresScopes)', async () => {
      const me = await api('GET', '/user', undefined, text);
      expect(me).toMatchObject({ status: 200, body: { login: username } });
      const create = await api('POST', '/user/repos', { name: 'x' }, text);
      expect(create.status).toBe(403);
      const users = await api('GET', '/admin/users', undefined, text);
      expect(users.status).toBe(403);
    });

    it('opens nothing while the log-in is prohibited: 403 (services/context/api.go)', async () => {
      const user = (await client.users.byName(username))!;
      await client.users.edit(user, subject, { prohibitLogin: true });
      const blocked = await api('GET', '/user', undefined, text);
      expect(blocked.status).toBe(403);
      await client.users.edit(user, subject, { prohibitLogin: false });
      const open = await api('GET', '/user', undefined, text);
      expect(open.status).toBe(200);
    });
  });

  describe('an organisation', () => {
    const organization = `contract-org-${mark}`;
    let team: number;

    afterAll(async () => {
      await api('DELETE', `/orgs/${organization}`);
    });

    it('is made once: 201, then 422; and shares the namespace of users (routers/api/v1/org/org.go)', async () => {
      const wanted = { username: organization, visibility: 'private' };
      expect((await api('POST', '/orgs', wanted)).status).toBe(201);
      expect((await api('POST', '/orgs', wanted)).status).toBe(422);
      const { status } = await api('POST', '/orgs', { username });
      expect(status).toBe(422);
    });

    it('owns repositories that an administrator makes for it (routers/api/v1/admin/repo.go)', async () => {
      const repository = await client.repositories.create(organization, {
        name: 'orbit',
        private: false,
        defaultBranch: 'main',
      });
      expect(repository.owner.login).toBe(organization);
    });

    it('shows even its public repositories to members only when it is private (models/perm/access/repo_permission.go)', async () => {
      const path = `/repos/${organization}/orbit`;
      expect((await api('GET', path, undefined, '')).status).toBe(404);
    });

    it('has members through teams only, added again and again with 204 (routers/api/v1/org/team.go)', async () => {
      const made = await api('POST', `/orgs/${organization}/teams`, {
        name: 'developers',
        permission: 'write',
        units: ['repo.code'],
        includes_all_repositories: true,
      });
      expect(made.status).toBe(201);
      team = (made.body as { id: number }).id;
      const membership = `/orgs/${organization}/members/${username}`;
      expect((await api('GET', membership)).status).toBe(404);
      for (const _ of [1, 2]) {
        const { status } = await api(
          'PUT',
          `/teams/${team}/members/${username}`,
        );
        expect(status).toBe(204);
      }
      expect((await api('GET', membership)).status).toBe(204);
    });

    it('lets members of teams with that right create repositories, and tells so (routers/api/v1/org/org.go, GetUserOrgsPermissions)', async () => {
      const may = () =>
        client.organizations.permissionsOf(username, organization);
      await expect(may()).resolves.toMatchObject({
        is_owner: false,
        can_read: true,
        can_write: true,
        can_create_repository: false,
      });
      const { body } = await api('POST', `/orgs/${organization}/teams`, {
        name: 'creators',
        permission: 'read',
        units: ['repo.code'],
        can_create_org_repo: true,
      });
      const creators = (body as { id: number }).id;
      await api('PUT', `/teams/${creators}/members/${username}`);
      await expect(may()).resolves.toMatchObject({
        can_create_repository: true,
      });
      await expect(
        client.organizations.permissionsOf(`nobody-${mark}`, organization),
      ).resolves.toBeUndefined();
      await expect(client.organizations.byName(username)).resolves.toBe(
        undefined,
      );
    });

    it('gives teams rights to a repository once: 204, then 422; 404 without such a team (routers/api/v1/repo/teams.go)', async () => {
      const repository = (await client.repositories.get(
        organization,
        'orbit',
      ))!;
      const path = `/repos/${organization}/orbit/teams`;
      const add = (name: string) => api('PUT', `${path}/${name}`);
      await expect(
        client.repositoryRights.addTeam(repository, 'creators'),
      ).resolves.toBe(true);
      await expect(
        client.repositoryRights.addTeam(repository, 'creators'),
      ).resolves.toBe(false);
      expect((await add('creators')).status).toBe(422);
      expect((await add('nobody')).status).toBe(404);
      await expect(
        client.repositoryRights.of(repository, username),
      ).resolves.toBe('write');
    });

    it('protects a branch with what a pull request needs, for users that there are: else 422 (routers/api/v1/repo/branch.go)', async () => {
      const repository = (await client.repositories.get(
        organization,
        'orbit',
      ))!;
      const rule = {
        branch: 'main',
        pushers: [],
        requiredApprovals: 1,
        statusChecks: ['build'],
      };
      const { repositoryRights: rights } = client;
      await expect(rights.protect(repository, rule)).resolves.toBe(true);
      await expect(rights.protect(repository, rule)).resolves.toBe(false);
      const path = `/repos/${organization}/orbit/branch_protections`;
      expect((await api('GET', `${path}/main`)).body).toMatchObject({
        rule_name: 'main',
        enable_push: false,
        required_approvals: 1,
        status_check_contexts: ['build'],
      });
      const unknown = await api('POST', path, {
        rule_name: 'next',
        enable_push: true,
        enable_push_whitelist: true,
        push_whitelist_usernames: [`nobody-${mark}`],
      });
      expect(unknown.status).toBe(422);
    });

    it('keeps its members from being deleted until they left: 422 (models/error.go, ErrUserHasOrgs)', async () => {
      const { status } = await api('DELETE', `/admin/users/${username}`);
      expect(status).toBe(422);
      const user = (await client.users.byName(username))!;
      await expect(client.users.organizations(user)).resolves.toEqual([
        organization,
      ]);
      await client.users.leaveOrganization(user, organization);
      await expect(client.users.organizations(user)).resolves.toEqual([]);
    });

    it('is deleted once it owns nothing (routers/api/v1/org/org.go, Delete)', async () => {
      const repository = (await client.repositories.get(
        organization,
        'orbit',
      ))!;
      await client.repositories.delete(repository);
      const { status } = await api('DELETE', `/orgs/${organization}`);
      expect(status).toBe(204);
    });
  });

  it('has no such owner: 404 (routers/api/v1/admin/repo.go)', async () => {
    await expect(
      client.repositories.create(`nobody-${mark}`, {
        name: 'orbit',
        private: true,
        defaultBranch: 'main',
      }),
    ).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('pages with X-Total-Count and Link (services/context/api.go, SetLinkHeader)', async () => {
    const { headers, body } = await api('GET', '/admin/users?limit=1');
    expect(body).toHaveLength(1);
    expect(Number(headers.get('x-total-count'))).toBeGreaterThan(1);
    expect(headers.get('link')).toContain('rel="next"');
  });

  const describeLogin = letsLogIn('gitea') ? describe : describe.skip;

  describeLogin('the first log-in', () => {
    it('lands on the account that has the source and the subject, and makes no other (routers/web/auth/oauth.go)', async () => {
      const visitor = await visitorOf(target, 'carol');
      const account = await client.users.create({
        username: `${username}-2`,
        email: visitor.email,
        fullName: 'Visitor',
        subject: visitor.subject,
      });
      const loggedInAt = async () => {
        const { body } = await api('GET', `/users/${account.login}`);
        return Date.parse((body as { last_login: string }).last_login);
      };
      const before = await loggedInAt();
      const source = target.settings.login_source ?? 'keycloak';
      await new BrowserlessSession().logIn(
        `${target.url}/user/oauth2/${source}`,
        visitor.username,
        visitor.password,
      );
      expect(await loggedInAt()).toBeGreaterThan(before);
      const { body } = await api(
        'GET',
        `/users/search?q=${encodeURIComponent(visitor.email)}`,
      );
      expect((body as { data: unknown[] }).data).toHaveLength(1);
    });
  });

  describeInSandbox('the first log-in through the identity provider', () => {
    const bob = () =>
      target.credentials!.people.find(person => person.username === 'bob')!;
    const logIn = () =>
      new BrowserlessSession().logIn(
        `${target.url}/user/oauth2/keycloak`,
        'bob',
        bob().password,
      );

    it('finds no account by name or e-mail, and makes none (routers/web/auth/oauth.go, with ACCOUNT_LINKING login)', async () => {
      const page = await logIn();
      expect(page.url).toContain('/user/link_account');
    });

    it('lands on the account with the source and the subject (routers/web/auth/oauth.go)', async () => {
      const { email: address } = bob();
      await client.users.create({
        username: 'bob',
        email: address,
        fullName: 'Bob',
        subject: (await visitorOf(target, 'bob')).subject,
      });
      const page = await logIn();
      expect(page.body).toMatch(/Signed in as\s*<b>bob<\/b>/);
    });

    it('is refused while the log-in is prohibited (routers/web/auth/oauth.go)', async () => {
      const user = (await client.users.byName('bob'))!;
      await client.users.edit(user, user.login_name, { prohibitLogin: true });
      const page = await logIn();
      expect(page.body).toContain('prohibited from signing in');
    });
  });
});
