import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import {
  CoderClient,
  CoderTemplate,
  CoderUser,
} from '@formulary/plugin-coder-node';
import { BrowserlessSession } from './browserlessLogin';
import { letsLogIn, visitorOf } from './firstLogin';
import { ContractTarget, startTarget } from './target';

jest.setTimeout(120_000);

const fixture = join(__dirname, 'fixtures/coder-template');
const unique = () => randomBytes(4).toString('hex');

/**
 * What Formulary relies on in Coder. Paths in the names are those of the
 * repository coder/coder that the expectation was read in.
 *
 * A real server: FORMULARY_CONTRACT_CODER_URL and _TOKEN (an owner's); for the
 * first log-in _LOGIN_USERNAME, _LOGIN_PASSWORD, _LOGIN_EMAIL and _LOGIN_SUBJECT.
 */
describe('Coder', () => {
  let target: ContractTarget;
  let client: CoderClient;
  let template: CoderTemplate;
  let owner: CoderUser;

  const templateName = `contract-${unique()}`;
  const api = (path: string, init: RequestInit = {}) =>
    fetch(`${target.url}/api/v2${path}`, {
      ...init,
      headers: {
        'Coder-Session-Token': target.token,
        'Content-Type': 'application/json',
        ...init.headers,
      },
    });
  const post = (path: string, body: unknown) =>
    api(path, { method: 'POST', body: JSON.stringify(body) });
  const newUser = (name = `user-${unique()}`) =>
    client.users.create({
      username: name,
      email: `${name}@contract.example`,
      name: 'Contract User',
    });

  beforeAll(async () => {
    target = await startTarget('coder');
    client = new CoderClient({ baseUrl: target.url, token: target.token });
    ({ template } = await client.templates.push({
      name: templateName,
      directory: fixture,
      versionName: '1.0.0',
      message: 'First',
    }));
    owner = await newUser();
  });

  afterAll(async () => {
    // A target that did not start has nothing to clean up.
    if (!target) return;
    for (const workspace of await client.workspaces.list({
      owner: owner.username,
    })) {
      const { id } = await client.workspaces.build(workspace.id, 'delete');
      await client.workspaces.waitForBuild(id);
    }
    await client.users.delete(owner.id);
    await api(`/templates/${template.id}`, { method: 'DELETE' });
    await target.stop();
  });

  it('tells its version without a token (docs/reference/api/general.md)', async () => {
    const response = await fetch(`${target.url}/api/v2/buildinfo`);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      version: expect.stringMatching(/^v\d/),
    });
  });

  it('has a version that is supported (docs/reference/api/general.md)', async () => {
    const { problem } = await client.checkVersion();
    expect(problem).toBeUndefined();
  });

  it('refuses a wrong token with 401 (coderd/httpmw/apikey.go)', async () => {
    const response = await api('/users/me', {
      headers: { 'Coder-Session-Token': 'wrong' },
    });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({
      message: expect.any(String),
    });
  });

  describe('users', () => {
    it('creates an account that is dormant and logs in with OIDC (coderd/users.go, postUser)', () => {
      expect(owner).toMatchObject({ status: 'dormant', login_type: 'oidc' });
    });

    it.each([
      [
        'the username',
        () => ({
          username: owner.username,
          email: `${unique()}@contract.example`,
        }),
      ],
      [
        'the e-mail',
        () => ({ username: `user-${unique()}`, email: owner.email }),
      ],
    ])(
      'answers 409 without telling which when %s is taken (coderd/users.go, postUser)',
      async (_, given) => {
        const organization = await client.users.getOrganization();
        const response = await post('/users', {
          ...given(),
          login_type: 'oidc',
          organization_ids: [organization.id],
        });
        expect(response.status).toBe(409);
        expect(await response.json()).toEqual({
          message: 'User already exists.',
        });
      },
    );

    it.each([
      [
        { login_type: 'oidc', password: 'S3cure-enough' },
        'Password cannot be set for non-password ("oidc") authentication.',
      ],
      [
        { login_type: 'oidc', organization_ids: [] },
        'No organization specified to place the user as a member of. It is required to specify at least one organization id to place the user in.',
      ],
      [
        { login_type: 'password', password: 'a' },
        'Password not strong enough!',
      ],
    ])(
      'answers 400 to %j (coderd/users.go, postUser)',
      async (body, message) => {
        const organization = await client.users.getOrganization();
        const name = `user-${unique()}`;
        const response = await post('/users', {
          username: name,
          email: `${name}@contract.example`,
          organization_ids: [organization.id],
          ...body,
        });
        expect(response.status).toBe(400);
        expect(await response.json()).toMatchObject({ message });
      },
    );

    it.each(['under_score', 'dot.name', '-start', 'new', 'x'.repeat(33)])(
      'refuses the username %s (codersdk/name.go, NameValid)',
      async username => {
        const organization = await client.users.getOrganization();
        const response = await post('/users', {
          username,
          email: `${unique()}@contract.example`,
          login_type: 'oidc',
          organization_ids: [organization.id],
        });
        expect(response.status).toBe(400);
        expect(await response.json()).toMatchObject({
          validations: [{ field: 'username' }],
        });
      },
    );

    it('says of an unknown user that it must exist, with 400, and the client finds nothing (coderd/httpmw/userparam.go)', async () => {
      const response = await api('/users/nobody-here');
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({
        message: '"user" must be an existing uuid or username.',
      });
      await expect(client.users.find('nobody-here')).resolves.toBeUndefined();
    });

    it('finds an account by name in any case and by exact e-mail only (coderd/searchquery/search.go, Users)', async () => {
      const found = await client.users.find(owner.username.toUpperCase());
      expect(found?.id).toBe(owner.id);
      // coderd/searchquery: q is a part of username or e-mail
      const response = await api(`/users?q=${owner.email.slice(0, -3)}`);
      expect(await response.json()).toMatchObject({ count: 1 });
      const byEmail = await client.users.findByEmail(owner.email.toUpperCase());
      expect(byEmail?.id).toBe(owner.id);
      await expect(
        client.users.findByEmail(owner.email.slice(0, -3)),
      ).resolves.toBeUndefined();
    });

    it('lists everybody by name, after an id (coderd/pagination.go, ParsePagination)', async () => {
      const names: string[] = [];
      let after: string | undefined;
      for (;;) {
        const page = await client.users.list(after);
        names.push(...page.map(user => user.username));
        if (page.length === 0) break;
        after = page[page.length - 1].id;
      }
      expect(names).toContain((await client.users.current()).username);
      expect(new Set(names).size).toBe(names.length);
    });

    it('refuses a search it does not know (coderd/searchquery/search.go, ErrorExcessParams)', async () => {
      const response = await api('/users?q=colour:blue');
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({
        message: 'Invalid user search query.',
      });
    });

    it('suspends, activates and deletes (coderd/users.go, putUserStatus, deleteUser)', async () => {
      const user = await newUser();
      expect((await client.users.suspend(user.id)).status).toBe('suspended');
      expect((await client.users.activate(user.id)).status).toBe('active');
      await client.users.delete(user.id);
      await expect(client.users.find(user.username)).resolves.toBeUndefined();
    });
  });

  describe('templates', () => {
    it('answers 201 to a new file and 200 with the same id to the same one (coderd/files.go, postFile)', async () => {
      const upload = () =>
        api('/files', {
          method: 'POST',
          headers: { 'Content-Type': 'application/x-tar' },
          body: templateName.padEnd(512),
        });
      const first = await upload();
      const second = await upload();
      expect([first.status, second.status]).toEqual([201, 200]);
      expect(await second.json()).toEqual(await first.json());
    });

    it('reads parameters and presets from the Terraform (codersdk/templateversions.go, coderd/presets.go)', async () => {
      const parameters = await client.templates.listParameters(
        template.active_version_id,
      );
      const byName = Object.fromEntries(parameters.map(it => [it.name, it]));
      expect(byName.cpu).toMatchObject({
        type: 'number',
        default_value: '2',
        mutable: true,
        required: false,
        validation_min: 1,
        validation_max: 8,
      });
      expect(byName.size.options.map(it => it.value)).toEqual([
        'small',
        'large',
      ]);
      expect(byName.git_repo).toMatchObject({ required: true, mutable: false });
      const presets = await client.templates.listPresets(
        template.active_version_id,
      );
      expect(presets.map(preset => preset.Name)).toEqual(['Large']);
    });

    it('keeps what is there, promotes what is new, refuses a version name of other content (coderd/templateversions.go)', async () => {
      const again = await client.templates.push({
        name: templateName,
        directory: fixture,
      });
      expect(again.outcome).toBe('unchanged');
      const files = new Map([['main.tf', `# ${unique()}\n`]]);
      await expect(
        client.templates.push({
          name: templateName,
          files,
          versionName: '1.0.0',
        }),
      ).rejects.toMatchObject({ kind: 'conflict' });
    });

    it('answers 409 to a template name that is taken (coderd/templates.go, postTemplateByOrganization)', async () => {
      const response = await post('/organizations/default/templates', {
        name: templateName,
        template_version_id: template.active_version_id,
      });
      expect(response.status).toBe(409);
      expect(await response.json()).toMatchObject({
        message: `Template with name "${templateName}" already exists.`,
      });
    });

    it("fails an import with Terraform's words (codersdk/provisionerdaemons.go, ProvisionerJob)", async () => {
      await expect(
        client.templates.push({
          name: `broken-${unique()}`,
          files: new Map([['main.tf', 'data "coder_parameter" {']]),
        }),
      ).rejects.toMatchObject({ kind: 'validation' });
    });
  });

  describe('workspaces', () => {
    it('answers 400 with one entry for each wrong parameter (coderd/dynamicparameters/error.go)', async () => {
      const response = await post(`/users/${owner.id}/workspaces`, {
        name: `w-${unique()}`,
        template_id: template.id,
        rich_parameter_values: [{ name: 'cpu', value: '99' }],
      });
      expect(response.status).toBe(400);
      const body = await response.json();
      expect(body.message).toBe('Unable to validate parameters');
      expect(
        body.validations.map((it: { field: string }) => it.field).sort(),
      ).toEqual(['cpu', 'git_repo']);
    });

    it.each([
      [{ ttl_ms: 1000 }, 'Invalid Workspace Time to Shutdown.', 'ttl_ms'],
      [
        { autostart_schedule: '* * 1 * *' },
        'Invalid Autostart Schedule.',
        'schedule',
      ],
      [
        { automatic_updates: 'sometimes' },
        'Invalid Workspace Automatic Updates setting.',
        'automatic_updates',
      ],
    ])(
      'answers 400 to %j (coderd/workspaces.go, createWorkspace)',
      async (body, message, field) => {
        const response = await post(`/users/${owner.id}/workspaces`, {
          name: `w-${unique()}`,
          template_id: template.id,
          rich_parameter_values: [{ name: 'git_repo', value: 'x' }],
          ...body,
        });
        expect(response.status).toBe(400);
        expect(await response.json()).toMatchObject({
          message,
          validations: [{ field }],
        });
      },
    );

    it('builds, shows parameters and apps, refuses the name twice, stops, starts and deletes (coderd/workspaces.go, coderd/wsbuilder/wsbuilder.go)', async () => {
      const name = `w-${unique()}`;
      const [preset] = await client.templates.listPresets(
        template.active_version_id,
      );
      const wanted = {
        owner: owner.username,
        name,
        templateId: template.id,
        parameters: [{ name: 'git_repo', value: 'https://git.example/x.git' }],
        presetId: preset.ID,
        ttlMs: 3_600_000,
      };
      const workspace = await client.workspaces.create(wanted);
      expect(workspace).toMatchObject({
        owner_name: owner.username,
        template_name: templateName,
        ttl_ms: 3_600_000,
      });

      // coderd/workspaces.go createWorkspace
      const twice = await post(`/users/${owner.id}/workspaces`, {
        name: name.toUpperCase(),
        template_id: template.id,
        rich_parameter_values: wanted.parameters,
      });
      expect(twice.status).toBe(409);
      expect(await twice.json()).toMatchObject({
        validations: [
          {
            field: 'name',
            detail: 'This value is already in use and should be unique.',
          },
        ],
      });

      // coderd/wsbuilder checkRunningBuild
      const early = await post(`/workspaces/${workspace.id}/builds`, {
        transition: 'stop',
      });
      expect(early.status).toBe(409);
      expect(await early.json()).toMatchObject({
        message: 'A workspace build is already active.',
      });

      const lines: number[] = [];
      const log = client.workspaces.followBuild(workspace.latest_build.id);
      for await (const line of log) lines.push(line.id);
      expect(lines.length).toBeGreaterThan(3);
      expect(lines).toEqual([...new Set(lines)].sort((a, b) => a - b));

      const parameters = await client.workspaces.listBuildParameters(
        workspace.latest_build.id,
      );
      expect(
        Object.fromEntries(parameters.map(it => [it.name, it.value])),
      ).toEqual({
        cpu: '8',
        size: 'large',
        git_repo: 'https://git.example/x.git',
      });

      // coderd/users.go deleteUser
      const stillUsed = await api(`/users/${owner.id}`, { method: 'DELETE' });
      expect(stillUsed.status).toBe(417);

      for (const transition of ['stop', 'start', 'delete'] as const) {
        const { id } = await client.workspaces.build(workspace.id, transition);
        const { job } = await client.workspaces.waitForBuild(id);
        expect(job.status).toBe('succeeded');
      }
      await expect(
        client.workspaces.find(owner.username, name),
      ).resolves.toBeUndefined();
    });

    it('answers 400 to an unknown template and 404 to an unknown workspace (coderd/workspaces.go, requestTemplate)', async () => {
      const id = '6f2a3c1e-0000-4000-8000-000000000000';
      const response = await post(`/users/${owner.id}/workspaces`, {
        name: `w-${unique()}`,
        template_id: id,
      });
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({
        message: `Template "${id}" doesn't exist.`,
      });
      expect((await api(`/workspaces/${id}`)).status).toBe(404);
    });
  });

  const describeLogin = letsLogIn('coder') ? describe : describe.skip;

  describeLogin('the first log-in', () => {
    it('activates the account that was made with the e-mail, and makes no other (coderd/userauth.go, findLinkedUser)', async () => {
      const visitor = await visitorOf(target, 'alice');
      const account = await client.users.create({
        username: `user-${unique()}`,
        email: visitor.email,
      });
      await new BrowserlessSession().logIn(
        `${target.url}/api/v2/users/oidc/callback?redirect=%2F`,
        visitor.username,
        visitor.password,
      );
      expect(await client.users.findByEmail(visitor.email)).toMatchObject({
        id: account.id,
        status: 'active',
        username: account.username,
      });
      await client.users.delete(account.id);
    });
  });

  // A real server's identity provider has people of its own.
  const describeSandbox = process.env.FORMULARY_CONTRACT_CODER_URL
    ? describe.skip
    : describe;

  describeSandbox('log-in with the identity provider', () => {
    const logIn = async (person: { username: string; password: string }) =>
      new BrowserlessSession().logIn(
        `${target.url}/api/v2/users/oidc/callback?redirect=%2Fworkspaces`,
        person.username,
        person.password,
      );
    const personOf = (username: string) => {
      const person = target.credentials?.people.find(
        it => it.username === username,
      );
      if (!person) throw new Error(`The sandbox has no ${username}`);
      return person;
    };

    it('lands on the account made before, by verified e-mail, and activates it (coderd/userauth.go, oidcLogin)', async () => {
      const bob = personOf('bob');
      const account = await client.users.create({
        username: 'bob-in-coder',
        email: bob.email,
      });
      for (const round of ['first', 'second']) {
        const page = await logIn(bob);
        expect([round, page.status]).toEqual([round, 200]);
        expect(page.body).toContain('Signed in as <b>bob-in-coder</b>');
      }
      expect(await client.users.get(account.id)).toMatchObject({
        status: 'active',
        username: 'bob-in-coder',
      });
    });

    it("shows a workspace's parameters, log and apps to its owner and to nobody else (coderd/httpmw/workspaceparam.go)", async () => {
      const hugo = personOf('hugo');
      const account = await client.users.create({
        username: 'hugo',
        email: hugo.email,
      });
      const ivy = personOf('ivy');
      await client.users.create({ username: 'ivy', email: ivy.email });
      const workspace = await client.workspaces.create({
        owner: account.id,
        name: 'shop',
        templateId: template.id,
        parameters: [{ name: 'git_repo', value: 'https://git.example/s.git' }],
      });
      await client.workspaces.waitForBuild(workspace.latest_build.id);
      const ready = await client.workspaces.waitUntilReady(workspace.id);

      const session = new BrowserlessSession();
      const away = await session.fetch(client.workspaceUrl(workspace));
      expect(away.url).toContain('/login?redirect=');
      expect(away.body).toContain('Log in with Keycloak');
      const start = `${target.url}/api/v2/users/oidc/callback?redirect=%2F%40hugo%2Fshop`;
      const page = await session.logIn(start, hugo.username, hugo.password);
      expect(page.body).toContain('https://git.example/s.git');
      expect(page.body).toContain('Apply complete!');
      expect(ready.latest_build.status).toBe('running');
      const { preview } = await client.appUrls(ready);
      expect(preview).toBe(`${target.url}/@hugo/shop.main/apps/preview`);
      const app = await session.fetch(preview);
      expect([app.status, app.body]).toEqual([
        200,
        expect.stringContaining('Preview in shop'),
      ]);

      const stranger = await new BrowserlessSession().logIn(
        start,
        ivy.username,
        ivy.password,
      );
      expect(stranger.status).toBe(404);
      expect(stranger.body).not.toContain('git.example');
    });

    it('refuses a person without an account: sign-ups are off (coderd/userauth.go, oauthLogin)', async () => {
      const page = await logIn(personOf('carol'));
      expect(page.status).toBe(403);
      expect(page.body).toContain('Signups are disabled');
    });

    it('refuses an account of another login type (coderd/userauth.go, oauthLogin)', async () => {
      const gina = personOf('gina');
      const organization = await client.users.getOrganization();
      await post('/users', {
        username: 'gina',
        email: gina.email,
        login_type: 'none',
        organization_ids: [organization.id],
      });
      const page = await logIn(gina);
      expect(page.status).toBe(403);
      expect(page.body).toContain('Incorrect login type');
    });
  });
});
