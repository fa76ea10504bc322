import { z } from 'zod';
import {
  ScriptedServer,
  selfSigned,
} from '@formulary/service-client-test-utils';
import { ServiceError } from './ServiceError';
import {
  ServiceHttpClient,
  ServiceHttpClientOptions,
  ServiceRequest,
} from './ServiceHttpClient';

const SECRET = 'token-that-nobody-may-see';

const ok = { status: 200, body: '{"name":"alice"}' };
const failing = { status: 503, body: 'upstream is gone' };

describe('ServiceHttpClient', () => {
  let server: ScriptedServer;
  let baseUrl: string;

  beforeEach(async () => {
    server = new ScriptedServer();
    baseUrl = await server.start();
  });

  afterEach(() => server.stop());

  const connect = (options: Partial<ServiceHttpClientOptions> = {}) =>
    new ServiceHttpClient({
      service: 'Gitea',
      baseUrl: `${baseUrl}/api/`,
      headers: { Authorization: `token ${SECRET}` },
      secrets: [SECRET],
      parseError: (_status, body) => {
        const parsed = z.object({ message: z.string() }).safeParse(body);
        return parsed.success ? parsed.data : {};
      },
      ...options,
    });

  const get = {
    method: 'GET',
    path: '/users/alice',
    action: 'look up the user alice',
    expect: z.object({ name: z.string() }),
  } satisfies ServiceRequest<{ name: string }>;

  const post = {
    ...get,
    method: 'POST',
    path: '/users',
    json: { name: 'alice' },
    action: 'create the user alice',
  } as const;

  const failureOf = async (call: Promise<unknown>): Promise<ServiceError> => {
    const error = await call.then(
      () => new Error('the call did not fail'),
      (reason: unknown) => reason,
    );
    if (!(error instanceof ServiceError)) throw error;
    return error;
  };

  it('sends what it is given and answers the checked body', async () => {
    server.turns = [{ ...ok, headers: { 'X-Total-Count': '1' } }];
    const { status, headers, data } = await connect().request({
      ...post,
      query: { page: 2, all: true, left: undefined },
      headers: { 'X-Extra': 'yes' },
    });
    expect({ status, data }).toEqual({ status: 200, data: { name: 'alice' } });
    expect(headers.get('x-total-count')).toBe('1');
    expect(server.seen[0]).toMatchObject({
      method: 'POST',
      url: '/api/users?page=2&all=true',
      body: '{"name":"alice"}',
      headers: {
        accept: 'application/json',
        authorization: `token ${SECRET}`,
        'content-type': 'application/json',
        'x-extra': 'yes',
      },
    });
  });

  it('sends bytes as they are', async () => {
    const { data } = await connect().request({
      method: 'POST',
      path: '/files',
      body: {
        content: new TextEncoder().encode('abc'),
        type: 'application/x-tar',
      },
      action: 'upload a file',
    });
    expect(data).toBeUndefined();
    expect(server.seen[0]).toMatchObject({
      body: 'abc',
      headers: { 'content-type': 'application/x-tar' },
    });
  });

  describe('repeats', () => {
    it.each(['GET', 'PUT', 'PATCH', 'DELETE'] as const)(
      'a %s that failed on the server',
      async method => {
        server.turns = [failing, ok];
        await connect().request({ ...get, method });
        expect(server.seen).toHaveLength(2);
      },
    );

    it.each(['GET', 'DELETE'] as const)(
      'a %s whose connection was dropped',
      async method => {
        server.turns = ['drop', ok];
        await connect().request({ ...get, method });
        expect(server.seen).toHaveLength(2);
      },
    );

    it('a POST that was refused because of too many calls', async () => {
      server.turns = [{ status: 429, headers: { 'Retry-After': '0' } }, ok];
      await connect().request(post);
      expect(server.seen).toHaveLength(2);
    });

    it('a POST that is marked as repeatable', async () => {
      server.turns = ['drop', ok];
      await connect().request({ ...post, repeatable: true });
      expect(server.seen).toHaveLength(2);
    });

    it('a POST whose connection was never made', async () => {
      const closed = new ScriptedServer();
      const closedUrl = await closed.start();
      await closed.stop();
      let attempts = 0;
      server.turns = [ok];
      const client = connect({
        fetch: (input, init) => {
          attempts += 1;
          return fetch(attempts === 1 ? closedUrl : input, init);
        },
      });
      await client.request(post);
      expect(server.seen).toHaveLength(1);
    });

    it('as often as configured, then tells what the server said last', async () => {
      server.turns = [failing];
      const error = await failureOf(connect({ retries: 2 }).request(get));
      expect(server.seen).toHaveLength(3);
      expect(error.kind).toBe('unavailable');
      expect(error.message).toBe(
        'Gitea could not look up the user alice: HTTP 503: "upstream is gone". Try again later; when it stays, look at its log',
      );
    });
  });

  describe('does not repeat', () => {
    it.each([failing, 'drop'] as const)(
      'a POST that may have had its effect (%j)',
      async turn => {
        server.turns = [turn, ok];
        const error = await failureOf(connect().request(post));
        expect(error.kind).toBe('unavailable');
        expect(server.seen).toHaveLength(1);
      },
    );

    it('a PUT that is marked as not repeatable', async () => {
      server.turns = [failing, ok];
      await failureOf(
        connect().request({ ...get, method: 'PUT', repeatable: false }),
      );
      expect(server.seen).toHaveLength(1);
    });

    it.each([400, 401, 403, 404, 409, 422])('after a %i', async status => {
      server.turns = [{ status }, ok];
      await failureOf(connect().request(get));
      expect(server.seen).toHaveLength(1);
    });
  });

  describe('Retry-After', () => {
    it('is waited for', async () => {
      server.turns = [{ status: 429, headers: { 'Retry-After': '1' } }, ok];
      const start = performance.now();
      await connect().request(get);
      expect(performance.now() - start).toBeGreaterThanOrEqual(990);
    });

    it('is handed to the caller when it is too long', async () => {
      server.turns = [{ status: 429, headers: { 'Retry-After': '90' } }, ok];
      const error = await failureOf(connect().request(get));
      expect(error.kind).toBe('rate-limited');
      expect(error.retryAfterMs).toBe(90_000);
      expect(server.seen).toHaveLength(1);
    });
  });

  it.each([
    [400, 'validation', ''],
    [
      401,
      'unauthorized',
      '. The configured token is wrong or expired: configure a valid one',
    ],
    [
      403,
      'forbidden',
      '. Check what the account of the configured token may do',
    ],
    [404, 'not-found', ''],
    [408, 'unavailable', '. Try again later; when it stays, look at its log'],
    [409, 'conflict', ''],
    [417, 'unexpected-response', ''],
    [422, 'validation', ''],
    [429, 'rate-limited', '. Try again in a minute'],
    [500, 'unavailable', '. Try again later; when it stays, look at its log'],
  ])('takes %i for %s and says what to do', async (status, kind, step) => {
    server.turns = [{ status, body: '{"message":"because"}' }];
    const error = await failureOf(connect({ retries: 0 }).request(get));
    expect(error).toMatchObject({
      kind,
      status,
      service: 'Gitea',
      message: `Gitea could not look up the user alice: because${step}`,
    });
  });

  it('does not take the 404 of something else for an absence', async () => {
    server.turns = [{ status: 404, body: '<html>No such page</html>' }];
    const error = await failureOf(connect().request(get));
    expect(error.kind).toBe('unexpected-response');
    expect(server.seen).toHaveLength(1);
  });

  it('does not take a page for the success of a call without an answer', async () => {
    server.turns = [{ status: 200, body: '\n<html>Log in first</html>' }];
    const error = await failureOf(
      connect().request({ method: 'DELETE', path: '/', action: 'delete it' }),
    );
    expect(error.kind).toBe('unexpected-response');
  });

  it('does not try again where the certificate is not trusted', async () => {
    const secure = new ScriptedServer();
    const secureUrl = await secure.start(await selfSigned());
    let attempts = 0;
    const client = connect({
      fetch: (_input, init) => {
        attempts += 1;
        return fetch(secureUrl, init);
      },
    });
    const error = await failureOf(client.request(get));
    await secure.stop();
    expect(error.message).toContain('NODE_EXTRA_CA_CERTS');
    expect([attempts, secure.seen]).toEqual([1, []]);
  });

  it('believes the service’s own reading of an error', async () => {
    server.turns = [{ status: 400, body: '{}' }];
    const client = connect({
      parseError: () => ({
        kind: 'conflict',
        code: 'user.exists',
        message: 'taken',
        fields: [{ field: 'name', detail: 'in use' }],
      }),
    });
    expect(await failureOf(client.request(post))).toMatchObject({
      kind: 'conflict',
      code: 'user.exists',
      fields: [{ field: 'name', detail: 'in use' }],
    });
  });

  it('gives up when no answer comes in time', async () => {
    server.turns = ['hang'];
    const error = await failureOf(
      connect({ timeoutMs: 50, retries: 0 }).request(get),
    );
    expect(error.kind).toBe('unavailable');
    expect(error.message).toBe(
      'Gitea could not look up the user alice: no answer within 0.05 s. Try again; when it stays, look at its log',
    );
  });

  it('says that nothing listens', async () => {
    await server.stop();
    const error = await failureOf(connect({ retries: 0 }).request(get));
    expect(error.message).toContain('not running or not reachable');
  });

  describe('an answer that the API does not promise', () => {
    it.each([
      [
        'a page',
        '<html>\n  <h1>It works!</h1></html>',
        '"<html> <h1>It works!</h1></html>"',
      ],
      ['nothing', '', 'an empty body'],
      ['other JSON', '{"title":"x"}', '"{"title":"x"}"'],
    ])('is refused: %s', async (_what, body, shown) => {
      server.turns = [{ status: 200, body }];
      const error = await failureOf(connect().request(get));
      expect(error.kind).toBe('unexpected-response');
      expect(error.message).toContain(`(${shown})`);
      expect(error.message).toContain('Check that the configured address');
      expect(server.seen).toHaveLength(1);
    });

    it('is not followed when it redirects, and the token stays at home', async () => {
      const other = new ScriptedServer();
      const location = await other.start();
      server.turns = [{ status: 302, headers: { Location: location } }];
      const error = await failureOf(connect().request(get));
      await other.stop();
      expect(error.kind).toBe('unexpected-response');
      expect(error.message).toContain(`it redirects to ${location}`);
      expect(other.seen).toEqual([]);
    });
  });

  it('never shows a secret that the server repeats', async () => {
    server.turns = [
      { status: 400, body: JSON.stringify({ message: `bad ${SECRET}` }) },
      { status: 500, body: `no ${SECRET} here` },
      { status: 200, body: `<p>${SECRET}</p>` },
    ];
    const client = connect({ retries: 0 });
    for (let turn = 0; turn < 3; turn += 1) {
      const error = await failureOf(client.request(get));
      expect(error.message).toContain('***');
      expect(error.message).not.toContain(SECRET);
    }
  });

  describe('the queue', () => {
    it('lets only so many calls through at once', async () => {
      server.turns = ['hang'];
      const client = connect({ concurrency: 2 });
      const calls = [1, 2, 3].map(() =>
        client.request({ method: 'GET', path: '/', action: 'wait' }),
      );
      await server.arrived(2);
      expect(server.seen).toHaveLength(2);
      server.turns = [ok];
      server.open.forEach(response => response.end('{}'));
      await Promise.all(calls);
      expect(server.seen).toHaveLength(3);
    });

    it('refuses more than a thousand that wait', async () => {
      server.turns = ['hang'];
      const end = new AbortController();
      const client = connect({ concurrency: 1, retries: 0 });
      const calls = Array.from({ length: 1001 }, () =>
        client.request({ ...get, signal: end.signal }),
      );
      const settled = Promise.allSettled(calls);
      const error = await failureOf(client.request(get));
      expect(error.kind).toBe('unavailable');
      expect(error.message).toContain('more than 1000 calls are waiting');
      end.abort(new Error('the test is over'));
      await settled;
    });
  });

  describe('the caller’s signal', () => {
    const cancelled = new Error('the task was cancelled');

    it('ends a call that is under way, without a second try', async () => {
      server.turns = ['hang'];
      const end = new AbortController();
      const call = connect().request({ ...get, signal: end.signal });
      void server.arrived(1).then(() => end.abort(cancelled));
      await expect(call).rejects.toBe(cancelled);
      expect(server.seen).toHaveLength(1);
    });

    it('ends the wait for another try', async () => {
      server.turns = [{ status: 429, headers: { 'Retry-After': '15' } }];
      const end = new AbortController();
      const client = connect({
        parseError: () => {
          // By then the answer has been read and the wait begins.
          setImmediate(() => end.abort(cancelled));
          return {};
        },
      });
      await expect(client.request({ ...get, signal: end.signal })).rejects.toBe(
        cancelled,
      );
      expect(server.seen).toHaveLength(1);
    });

    it('takes a call out of the line and lets the others go on', async () => {
      server.turns = ['hang'];
      const end = new AbortController();
      const client = connect({ concurrency: 1 });
      const first = client.request(get);
      await server.arrived(1);
      const waiting = [1, 2, 3].map(() =>
        client.request({ ...get, signal: end.signal }),
      );
      const last = client.request(get);
      end.abort(cancelled);
      for (const call of waiting) await expect(call).rejects.toBe(cancelled);
      server.turns = [ok];
      server.open.forEach(response => response.end(ok.body));
      await expect(Promise.all([first, last])).resolves.toHaveLength(2);
      expect(server.seen).toHaveLength(2);
    });

    it('keeps a call from being made that was cancelled before', async () => {
      const call = connect().request({
        ...get,
        signal: AbortSignal.abort(cancelled),
      });
      await expect(call).rejects.toBe(cancelled);
      expect(server.seen).toEqual([]);
    });
  });
});
