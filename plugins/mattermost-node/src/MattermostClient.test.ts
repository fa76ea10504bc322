import { createServer, IncomingMessage, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { ServiceError } from '@formulary/service-client-node';
import { MattermostClient } from './MattermostClient';

const TOKEN = 'q1w2e3r4t5y6u7i8o9p0a1s2d3';

const user = (username: string) => ({
  id: `id-of-${username}`,
  username,
  email: `${username}@acme.example`,
  first_name: '',
  last_name: '',
  roles: 'system_user',
  auth_service: '',
  auth_data: '',
  delete_at: 0,
});

interface Answer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

const appError = (status: number, id: string): Answer => ({
  status,
  body: { id, message: 'What Mattermost says.', status_code: status },
});

describe('MattermostClient', () => {
  let server: Server;
  let client: MattermostClient;
  let answers: Answer[];
  let requests: Array<{ line: string; body: string; token?: string }>;

  beforeEach(async () => {
    answers = [];
    requests = [];
    server = createServer(async (request, response) => {
      requests.push({
        line: `${request.method} ${request.url}`,
        body: await textOf(request),
        token: request.headers.authorization,
      });
      const { status, body, headers } = answers.shift() ?? {
        status: 500,
        body: 'unexpected call',
      };
      response.writeHead(status, headers);
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    client = new MattermostClient(
      {
        baseUrl: `http://127.0.0.1:${port}`,
        token: TOKEN,
        sso: { mode: 'openid', idAttribute: 'mattermostId' },
      },
      { retries: 1 },
    );
  });

  afterEach(async () => {
    server.closeAllConnections();
    await new Promise(resolve => {
      server.close(resolve);
    });
  });

  const failureOf = async (call: Promise<unknown>): Promise<ServiceError> => {
    const error = await call.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (!(error instanceof ServiceError)) throw error ?? new Error('no error');
    return error;
  };

  it.each([
    [400, 'app.user.save.email_exists.app_error', 'conflict'],
    [400, 'app.user.save.username_exists.app_error', 'conflict'],
    [400, 'app.user.save.existing.app_error', 'conflict'],
    [500, 'app.user.save.app_error', 'unavailable'],
    [400, 'model.user.is_valid.username.app_error', 'validation'],
    [400, 'model.user.is_valid.auth_data_pwd.app_error', 'validation'],
    [400, 'api.user.create_user.user_limits.exceeded', 'validation'],
    [401, 'api.context.session_expired.app_error', 'unauthorized'],
    [403, 'api.context.permissions.app_error', 'forbidden'],
    [501, 'api.user.create_user.signup_email_disabled.app_error', 'forbidden'],
  ])('takes %i %s for %s', async (status, id, kind) => {
    answers = [appError(status, id)];
    const error = await failureOf(
      client.users.create({ username: 'bob', email: 'bob@acme.example' }),
    );
    expect(error.kind).toBe(kind);
    expect(error.code).toBe(id);
    expect(error.message).toContain(
      `Mattermost could not create the user bob: What Mattermost says. (${id})`,
    );
    expect(requests).toHaveLength(1);
  });

  it.each([
    'api.user.delete_user.not_enabled.app_error',
    'api.user.delete_user.not_enabled.for_admin.app_error',
  ])('does not take the 401 of %s for a bad token', async id => {
    answers = [appError(401, id)];
    const error = await failureOf(
      client.users.deletePermanently(user('bob') as never),
    );
    expect(error.kind).toBe('forbidden');
  });

  it('waits as long as the plain-text 429 asks, and tries again', async () => {
    answers = [
      {
        status: 429,
        body: 'limit exceeded\n',
        headers: { 'Retry-After': '0', 'Content-Type': 'text/plain' },
      },
      { status: 201, body: user('bob') },
    ];
    const created = await client.users.create({
      username: 'bob',
      email: 'bob@acme.example',
    });
    expect(created.username).toBe('bob');
    expect(requests).toHaveLength(2);
  });

  it('says that there were too many calls when that does not end', async () => {
    const limited = {
      status: 429,
      body: 'limit exceeded\n',
      headers: { 'Retry-After': '0' },
    };
    answers = [limited, limited];
    const error = await failureOf(client.users.me());
    expect(error.kind).toBe('rate-limited');
    expect(error.message).toContain('too many calls');
  });

  it('answers undefined for a user that Mattermost says is missing', async () => {
    answers = [appError(404, 'app.user.missing_account.const')];
    await expect(client.users.byUsername('bob')).resolves.toBeUndefined();
  });

  it('does not take the 404 of something else for a missing user', async () => {
    answers = [{ status: 404, body: '<html>no such page</html>' }];
    const error = await failureOf(client.users.byUsername('bob'));
    expect(error.kind).toBe('unexpected-response');
  });

  it.each([
    ['11.6.0', 'nothing'],
    ['10.11.4', 'nothing'],
    ['9.11.0', 'Mattermost 9.11.0 is not supported'],
    ['12.0.0', 'Use a version of Formulary that knows it'],
  ])('of the version %s has to say %j', async (version, problem) => {
    answers = [{ status: 200, body: { Version: version } }];
    const check = await client.checkVersion();
    expect(check.version).toBe(version);
    expect(check.problem ?? 'nothing').toContain(problem);
    expect(requests[0].line).toBe('GET /api/v4/config/client?format=old');
  });

  it('does not take an answer without a version for one', async () => {
    answers = [{ status: 200, body: {} }];
    const error = await failureOf(client.version());
    expect(error.kind).toBe('unexpected-response');
    expect(error.message).toContain('mattermost.baseUrl');
  });

  it('takes nobody whose address only looks alike to the server', async () => {
    answers = [{ status: 200, body: user('frank') }];
    await expect(
      client.users.byEmail('fran\u212a@acme.example'),
    ).resolves.toBeUndefined();
  });

  it('looks a user up by id', async () => {
    answers = [
      { status: 200, body: user('bob') },
      appError(404, 'app.user.missing_account.const'),
    ];
    await expect(client.users.byId('id-of-bob')).resolves.toMatchObject({
      username: 'bob',
    });
    await expect(client.users.byId('gone')).resolves.toBeUndefined();
  });

  it('sends the link as fields of the account, and the token as a bearer', async () => {
    answers = [{ status: 201, body: user('bob') }];
    await client.users.create({
      username: 'bob',
      email: 'bob@acme.example',
      auth: { auth_service: 'openid', auth_data: 'sub-of-bob' },
    });
    expect(requests[0].line).toBe('POST /api/v4/users');
    expect(requests[0].token).toBe(`Bearer ${TOKEN}`);
    expect(JSON.parse(requests[0].body)).toEqual({
      username: 'bob',
      email: 'bob@acme.example',
      auth_service: 'openid',
      auth_data: 'sub-of-bob',
      disable_welcome_email: true,
    });
  });

  it('reads every page of the users', async () => {
    const page = (count: number, offset: number) =>
      Array.from({ length: count }, (_, index) => user(`u${offset + index}`));
    answers = [
      { status: 200, body: page(200, 0) },
      { status: 200, body: page(3, 200) },
    ];
    const names = [];
    for await (const { username } of client.users.all()) names.push(username);
    expect(names).toHaveLength(203);
    expect(requests.map(({ line }) => line)).toEqual([
      'GET /api/v4/users?page=0&per_page=200',
      'GET /api/v4/users?page=1&per_page=200',
    ]);
  });

  it('never shows the token, even when the server repeats it', async () => {
    answers = [
      {
        status: 400,
        body: { id: 'some.id', message: `token ${TOKEN} is odd` },
      },
    ];
    const error = await failureOf(client.users.me());
    expect(error.message).not.toContain(TOKEN);
  });
});

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text;
}
