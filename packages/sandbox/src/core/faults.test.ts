import { Server } from 'node:http';
import { AddressInfo } from 'node:net';
import express from 'express';
import { createControlApp } from './control';
import { Fault, FaultInjector, faultSchema } from './faults';
import { close, listen } from './service';

const addressOf = (server: Server) =>
  `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

describe('faults', () => {
  let faults: FaultInjector;
  let random: number;
  let served: string[];
  let service: Server;
  let control: Server;

  beforeEach(async () => {
    random = 0;
    served = [];
    faults = new FaultInjector(() => random);
    const app = express();
    app.use(faults.middleware('gitea'));
    app.use((request, response) => {
      served.push(`${request.method} ${request.path}`);
      response.json({ ok: true });
    });
    service = await listen(app, 0, 'service');
    control = await listen(createControlApp(faults), 0, 'control API');
  });

  afterEach(async () => {
    await close(service);
    await close(control);
  });

  const set = (...wanted: Array<Partial<Fault>>) =>
    faults.set(
      'gitea',
      wanted.map(fault => faultSchema.parse(fault)),
    );

  const call = (path = '/', method = 'GET') =>
    fetch(addressOf(service) + path, { method });

  const tell = (method: string, path: string, body?: unknown) =>
    fetch(addressOf(control) + path, {
      method,
      headers: { 'Content-Type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });

  it('leave everything alone until there are some', async () => {
    const response = await call();
    expect(await response.json()).toEqual({ ok: true });
  });

  it('answer with a status, a body and Retry-After', async () => {
    set({ status: 429, body: '{"message":"slow"}', retryAfterSeconds: 3 });
    const response = await call();
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('3');
    expect(response.headers.get('content-type')).toContain('json');
    expect(await response.json()).toEqual({ message: 'slow' });
    expect(served).toEqual([]);
  });

  it('answer with a page where JSON was promised', async () => {
    set({ garbage: true });
    const response = await call();
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('<html>');
    expect(served).toEqual([]);
  });

  it('drop the connection before the request has its effect', async () => {
    set({ drop: 'before' });
    await expect(call('/', 'POST')).rejects.toThrow();
    expect(served).toEqual([]);
  });

  it('drop the connection after the request had its effect', async () => {
    set({ drop: 'after' });
    await expect(call('/', 'POST')).rejects.toThrow();
    expect(served).toEqual(['POST /']);
  });

  it('make a request wait and then serve it', async () => {
    set({ latencyMs: 60 });
    const start = performance.now();
    expect((await call()).status).toBe(200);
    expect(performance.now() - start).toBeGreaterThanOrEqual(55);
  });

  it('hit only the requests that they name', async () => {
    set({ method: 'post', path: '^/api/v1/repos', status: 503 });
    expect((await call('/api/v1/repos', 'POST')).status).toBe(503);
    expect((await call('/api/v1/repos')).status).toBe(200);
    expect((await call('/api/v1/users', 'POST')).status).toBe(200);
  });

  it('are over after so many times', async () => {
    set({ status: 500, times: 2 });
    const statuses = [await call(), await call(), await call()];
    expect(statuses.map(({ status }) => status)).toEqual([500, 500, 200]);
    expect(faults.list().gitea).toEqual([]);
  });

  it('hit as often as their probability says', async () => {
    set({ status: 500, probability: 0.25 });
    random = 0.24;
    expect((await call()).status).toBe(500);
    random = 0.25;
    expect((await call()).status).toBe(200);
  });

  it('are looked at in their order: the first that matches hits', async () => {
    set({ path: '^/a', status: 501 }, { status: 502 });
    expect((await call('/a')).status).toBe(501);
    expect((await call('/b')).status).toBe(502);
  });

  describe('over the control API', () => {
    it('are set, listed and taken away', async () => {
      const put = await tell('PUT', '/faults/gitea', [{ status: 503 }]);
      expect(put.status).toBe(200);
      expect((await call()).status).toBe(503);
      const listed = await (await tell('GET', '/faults')).json();
      expect(listed).toMatchObject({
        gitea: [{ status: 503, probability: 1 }],
        twenty: [],
      });
      expect((await tell('DELETE', '/faults/gitea')).status).toBe(200);
      expect((await call()).status).toBe(200);
    });

    it.each([
      ['an unknown key', [{ stauts: 503 }]],
      ['a status that is no error', [{ status: 200 }]],
      ['a path that is no regular expression', [{ path: '(' }]],
      ['something that is no list', { status: 503 }],
    ])('are refused with %s', async (_what, body) => {
      const response = await tell('PUT', '/faults/gitea', body);
      expect(response.status).toBe(400);
      expect((await response.json()).message).toEqual(expect.any(String));
      expect(faults.list().gitea).toEqual([]);
    });

    it('are refused for a service that there is not', async () => {
      expect((await tell('PUT', '/faults/jira', [])).status).toBe(400);
      expect((await tell('DELETE', '/faults/jira')).status).toBe(404);
    });

    it('are not taken from a form, which any web page could send', async () => {
      const response = await fetch(`${addressOf(control)}/faults/gitea`, {
        method: 'PUT',
        body: '[{"status":503}]',
      });
      expect(response.status).toBe(400);
      expect(faults.list().gitea).toEqual([]);
    });

    it('answer a health check', async () => {
      const response = await tell('GET', '/health');
      expect(await response.json()).toEqual({ status: 'ok' });
    });
  });

  it('come with a restart of PostgreSQL, asked for in JSON', async () => {
    expect((await tell('POST', '/postgres/restart', {})).status).toBe(404);
    let restarts = 0;
    const withPostgres = await listen(
      createControlApp(faults, {
        restart: async () => {
          restarts += 1;
        },
      }),
      0,
      'control API',
    );
    const restart = (headers: Record<string, string>) =>
      fetch(`${addressOf(withPostgres)}/postgres/restart`, {
        method: 'POST',
        headers,
        body: '{}',
      });
    expect((await restart({ 'Content-Type': 'text/plain' })).status).toBe(415);
    expect(restarts).toBe(0);
    expect((await restart({ 'Content-Type': 'application/json' })).status).toBe(
      200,
    );
    expect(restarts).toBe(1);
    await close(withPostgres);
  });
});
