import { ConfigReader } from '@backstage/config';
import { createServer, IncomingMessage, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { CoderClient } from './CoderClient';
import { CoderWorkspace } from './types';

type Answer = { status?: number; body: unknown };
type Handler = (request: IncomingMessage, body: string) => Answer;

const user = (username: string, email: string) => ({
  id: username,
  username,
  email,
  status: 'active',
  login_type: 'oidc',
  organization_ids: [],
});
const job = (status: string, extra = {}) => ({
  id: 'j1',
  status,
  file_id: 'f1',
  ...extra,
});
const line = (id: number, output: string) => ({
  id,
  output,
  created_at: '2026-01-01T00:00:00Z',
  log_source: 'provisioner',
  log_level: 'info',
  stage: 'Starting workspace',
});
const build = (status: string, extra = {}) => ({
  id: 'b1',
  build_number: 1,
  transition: 'start',
  status: 'starting',
  template_version_id: 'v1',
  job: job(status),
  ...extra,
});

describe('CoderClient', () => {
  let server: Server;
  let client: CoderClient;
  let calls: string[];
  let handler: Handler;

  beforeEach(async () => {
    calls = [];
    server = createServer(async (request, response) => {
      calls.push(`${request.method} ${request.url}`);
      const { status = 200, body } = handler(request, await text(request));
      response
        .writeHead(status, { 'Content-Type': 'application/json' })
        .end(JSON.stringify(body));
    });
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    client = new CoderClient({
      baseUrl: `http://127.0.0.1:${port}/`,
      token: 'top-secret',
      accessUrl: 'https://coder.example.com/',
    });
  });

  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  it('sends the token as Coder wants it', async () => {
    let token: unknown;
    handler = request => {
      token = request.headers['coder-session-token'];
      return { body: user('bot', 'bot@example.com') };
    };
    await client.users.current();
    expect(token).toBe('top-secret');
  });

  it('reads its configuration, and names the key that is wrong', () => {
    const read = (coder: object) =>
      CoderClient.fromConfig(new ConfigReader({ coder: { ...coder } }));
    expect(read({ baseUrl: 'https://c.example', token: 't' }).accessUrl).toBe(
      'https://c.example',
    );
    expect(() => read({ baseUrl: 'nonsense', token: 't' })).toThrow(
      'coder.baseUrl',
    );
    expect(() => read({ baseUrl: 'https://c.example' })).toThrow('coder.token');
  });

  it.each([
    ['v2.36.0+1a2b3c', 'nothing'],
    ['v2.99.0-devel', 'nothing'],
    ['v2.19.1', 'Coder v2.19.1 is not supported'],
  ])('of the version %s has to say %j', async (version, problem) => {
    handler = () => ({ body: { version } });
    const check = await client.checkVersion();
    expect(check.version).toBe(version);
    expect(check.problem ?? 'nothing').toContain(problem);
  });

  it('takes the 400 of an unknown user as not found', async () => {
    handler = () => ({
      status: 400,
      body: { message: '"user" must be an existing uuid or username.' },
    });
    await expect(client.users.find('nobody')).resolves.toBeUndefined();
    await expect(client.users.get('nobody')).rejects.toMatchObject({
      kind: 'not-found',
    });
  });

  it('does not take another failure for an absence', async () => {
    handler = () => ({ status: 403, body: { message: 'Forbidden.' } });
    await expect(client.users.find('alice')).rejects.toMatchObject({
      kind: 'forbidden',
    });
  });

  it('compares e-mails exactly, through every page', async () => {
    handler = request => {
      const url = new URL(request.url ?? '', 'http://x');
      const first = url.searchParams.get('offset') === '0';
      const others = Array.from({ length: 100 }, (_, index) =>
        user(`u${index}`, `xann@example.com.${index}`),
      );
      return {
        body: { users: first ? others : [user('ann', 'Ann@example.com')] },
      };
    };
    const found = await client.users.findByEmail('ann@EXAMPLE.com');
    expect(found?.username).toBe('ann');
    expect(calls).toHaveLength(2);
  });

  it('says which parameters Coder refuses', async () => {
    handler = () => ({
      status: 400,
      body: {
        message: 'Unable to validate parameters',
        validations: [{ field: 'cpu', detail: 'too many' }],
      },
    });
    await expect(
      client.workspaces.create({ owner: 'ann', templateId: 't', name: 'w' }),
    ).rejects.toMatchObject({
      kind: 'validation',
      fields: [{ field: 'cpu', detail: 'too many' }],
      message: expect.stringContaining('cpu: too many'),
    });
  });

  it('yields each line of a build once, the last ones included', async () => {
    const pages = [[line(1, 'a'), line(2, 'b')], [line(5, 'c')]];
    const states = ['running', 'succeeded'];
    handler = request =>
      request.url?.includes('/logs')
        ? { body: pages.shift() }
        : { body: build(states.shift() ?? 'succeeded') };
    const lines: string[] = [];
    for await (const { output } of client.workspaces.followBuild('b1', {
      intervalMs: 1,
    })) {
      lines.push(output);
    }
    expect(lines).toEqual(['a', 'b', 'c']);
    expect(calls.filter(call => call.includes('/logs'))).toEqual([
      'GET /api/v2/workspacebuilds/b1/logs?after=0',
      'GET /api/v2/workspacebuilds/b1/logs?after=2',
    ]);
  });

  it('stops following when the signal fires', async () => {
    const controller = new AbortController();
    handler = request =>
      request.url?.includes('/logs')
        ? { body: [line(1, 'a')] }
        : { body: build('running') };
    const follow = async () => {
      const lines = client.workspaces.followBuild('b1', {
        signal: controller.signal,
      });
      for await (const { output } of lines) controller.abort(output);
    };
    await expect(follow()).rejects.toThrow();
  });

  it('links apps by path, by subdomain and outside', async () => {
    handler = () => ({ body: { host: '*.apps.example.com' } });
    const app = (slug: string, extra = {}) => ({
      id: slug,
      slug,
      display_name: slug,
      url: '',
      external: false,
      subdomain: false,
      subdomain_name: undefined,
      hidden: false,
      ...extra,
    });
    const workspace = {
      name: 'w',
      owner_name: 'ann',
      latest_build: {
        resources: [
          {
            agents: [
              {
                name: 'main',
                apps: [
                  app('code'),
                  app('web', { subdomain_name: 'web--w--ann' }),
                  app('docs', { external: true, url: 'https://docs.example' }),
                  app('secret', { hidden: true }),
                ],
              },
            ],
          },
        ],
      },
    } as CoderWorkspace;
    await expect(client.appUrls(workspace)).resolves.toEqual({
      code: 'https://coder.example.com/@ann/w.main/apps/code',
      web: 'https://web--w--ann.apps.example.com',
      docs: 'https://docs.example',
    });
  });

  it('tells a template that does not import in the words of its job', async () => {
    handler = request => {
      const path = request.url ?? '';
      if (path.endsWith('/files')) return { status: 201, body: { hash: 'f1' } };
      if (path.includes('/templates/')) {
        return { status: 404, body: { message: 'Resource not found' } };
      }
      if (path.includes('/logs')) return { body: [] };
      return {
        body: {
          id: 'v1',
          name: 'one',
          job: job('failed', { error: 'no such module' }),
        },
      };
    };
    await expect(
      client.templates.push({
        name: 'tiny',
        files: new Map([['main.tf', '']]),
      }),
    ).rejects.toMatchObject({
      kind: 'validation',
      message: expect.stringContaining('no such module'),
    });
  });

  it('never shows the token', async () => {
    handler = () => ({ status: 400, body: { message: 'bad top-secret' } });
    await expect(client.users.current()).rejects.toThrow(/bad \*\*\*/);
  });
});
