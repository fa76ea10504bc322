import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { mockServices } from '@backstage/backend-test-utils';
import { GiteaClient } from './GiteaClient';

const TOKEN = '0123456789abcdef0123456789abcdef01234567';

const alice = {
  id: 7,
  login: 'alice',
  full_name: 'Alice Moreau',
  email: 'alice@acme.example',
  is_admin: false,
  active: true,
  prohibit_login: false,
  login_name: 'subject-of-alice',
  source_id: 1,
};

describe('GiteaClient', () => {
  let server: Server;
  let client: GiteaClient;
  let answers: Array<{ status: number; body?: unknown }>;
  let requests: Array<{ line: string; body?: unknown; authorization?: string }>;

  beforeEach(async () => {
    answers = [];
    requests = [];
    server = createServer(async (request, response) => {
      let text = '';
      for await (const chunk of request) text += chunk;
      requests.push({
        line: `${request.method} ${request.url}`,
        body: text ? JSON.parse(text) : undefined,
        authorization: request.headers.authorization,
      });
      const { status, body } = answers.shift() ?? { status: 500 };
      response.writeHead(status);
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    client = new GiteaClient(
      {
        baseUrl: `http://127.0.0.1:${port}`,
        token: TOKEN,
        username: 'bot',
        oauthSourceId: 1,
      },
      { retries: 0 },
    );
  });

  afterEach(async () => {
    server.closeAllConnections();
    await new Promise(resolve => {
      server.close(resolve);
    });
  });

  it('creates a user linked to the subject, without a password to change', async () => {
    answers.push({ status: 201, body: alice });
    await expect(
      client.users.create({
        username: 'alice',
        email: alice.email,
        fullName: alice.full_name,
        subject: alice.login_name,
      }),
    ).resolves.toMatchObject({ login: 'alice', id: 7 });
    expect(requests).toEqual([
      {
        line: 'POST /api/v1/admin/users',
        authorization: `token ${TOKEN}`,
        body: {
          username: 'alice',
          email: 'alice@acme.example',
          full_name: 'Alice Moreau',
          source_id: 1,
          login_name: 'subject-of-alice',
          must_change_password: false,
          send_notify: false,
        },
      },
    ]);
  });

  it('always sends both parts of the link when it changes a user', async () => {
    answers.push({ status: 200, body: alice });
    await client.users.edit(alice, 'subject-of-alice', { prohibitLogin: true });
    expect(requests[0].body).toEqual({
      source_id: 1,
      login_name: 'subject-of-alice',
      prohibit_login: true,
    });
  });

  it('finds by subject, and never takes a stranger for the person', async () => {
    answers.push(
      { status: 200, body: [alice] },
      { status: 200, body: [{ ...alice, login_name: 'another' }] },
    );
    await expect(
      client.users.bySubject('subject-of-alice'),
    ).resolves.toMatchObject({ login: 'alice' });
    await expect(
      client.users.bySubject('subject-of-alice'),
    ).resolves.toBeUndefined();
  });

  it('reads every page of the organisations of a user', async () => {
    const names = Array.from({ length: 51 }, (_, index) => `org-${index}`);
    const page = (from: number, to: number) =>
      names.slice(from, to).map(name => ({ name }));
    answers.push(
      { status: 200, body: page(0, 50) },
      { status: 200, body: page(50, 51) },
    );
    await expect(client.users.organizations(alice)).resolves.toEqual(names);
    expect(requests.map(({ line }) => line)).toEqual([
      'GET /api/v1/users/alice/orgs?page=1&limit=50',
      'GET /api/v1/users/alice/orgs?page=2&limit=50',
    ]);
  });

  it('takes a user out of an organisation', async () => {
    answers.push({ status: 204 });
    await client.users.leaveOrganization(alice, 'acme');
    expect(requests[0].line).toBe('DELETE /api/v1/orgs/acme/members/alice');
  });

  it('answers undefined for what does not exist', async () => {
    answers.push({ status: 404, body: { message: 'not found', url: '' } });
    await expect(
      client.repositories.get('alice', 'orbit'),
    ).resolves.toBeUndefined();
  });

  it.each([
    [401, { message: 'token is required' }, 'unauthorized'],
    [403, { message: 'user should be the site admin' }, 'forbidden'],
    [409, { message: 'exists' }, 'conflict'],
    [422, { message: 'name is reserved [name: user]' }, 'validation'],
    [429, 'slow down', 'rate-limited'],
    [502, '<html>Bad gateway</html>', 'unavailable'],
  ])('tells a %d answer as %j %s', async (status, body, kind) => {
    answers.push({ status, body });
    await expect(
      client.repositories.create('alice', {
        name: 'orbit',
        private: true,
        defaultBranch: 'main',
      }),
    ).rejects.toMatchObject({
      kind,
      service: 'Gitea',
      message: expect.stringContaining(
        'Gitea could not create the repository alice/orbit',
      ),
    });
  });

  it.each([
    ['1.25.2', 'nothing'],
    ['11.0.1+gitea-1.22.0', 'nothing'],
    ['1.21.11', 'Gitea 1.21.11 is not supported'],
    ['7.0.0+gitea-1.21.11', 'Gitea 1.21.11 is not supported'],
  ])('of the version %s has to say %j', async (version, problem) => {
    answers.push({ status: 200, body: { version } });
    const check = await client.checkVersion();
    expect(check.version).toBe(version);
    expect(check.problem ?? 'nothing').toContain(problem);
  });

  it('compares e-mails exactly, through every page', async () => {
    const others = Array.from({ length: 50 }, (_, index) => ({
      ...alice,
      email: `alice@acme.example.${index}`,
    }));
    answers.push(
      { status: 200, body: { data: others } },
      { status: 200, body: { data: [alice] } },
    );
    await expect(
      client.users.byEmail('Alice@acme.example'),
    ).resolves.toMatchObject({ email: alice.email });
    expect(requests).toHaveLength(2);
  });

  it('refuses an answer that is not of this API, and says what to check', async () => {
    answers.push({ status: 200, body: '<html>Welcome</html>' });
    await expect(client.version()).rejects.toMatchObject({
      kind: 'unexpected-response',
      message: expect.stringContaining('configured address'),
    });
  });

  it('never shows its token', async () => {
    answers.push({ status: 500, body: { message: `oh no ${TOKEN}` } });
    const error = await client.version().catch(thrown => thrown);
    expect(error.message).toContain('***');
    expect(error.message).not.toContain(TOKEN);
  });

  it.each([
    [{ baseUrl: 'git.example.com' }, 'gitea.baseUrl must be an address'],
    [{ oauthSourceId: 0 }, 'gitea.oauthSourceId must be the number'],
    [{ token: undefined }, "'gitea.token'"],
  ])('refuses the configuration %j by its key', (wrong, message) => {
    const gitea = {
      baseUrl: 'https://git.example.com',
      token: TOKEN,
      username: 'bot',
      oauthSourceId: 1,
      ...wrong,
    };
    expect(() =>
      GiteaClient.fromConfig(mockServices.rootConfig({ data: { gitea } })),
    ).toThrow(message);
  });
});
