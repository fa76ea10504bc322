import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createBackend } from '@backstage/backend-defaults';
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { PortBlock } from '@formulary/sandbox/testUtils';
import { parse } from 'yaml';

jest.setTimeout(60_000);

const root = resolve(__dirname, '../../..');
const read = (file: string) => parse(readFileSync(join(root, file), 'utf8'));
const { rateLimit } = read('app-config.yaml').backend;
const { trustProxy } = read('app-config.production.yaml').backend;

/** A plugin with one route for everybody. */
const plugin = (pluginId: string) =>
  createBackendPlugin({
    pluginId,
    register(reg) {
      reg.registerInit({
        deps: { httpRouter: coreServices.httpRouter },
        async init({ httpRouter }) {
          httpRouter.use((_request, response) => {
            response.json({ ok: true });
          });
          httpRouter.addAuthPolicy({ path: '/', allow: 'unauthenticated' });
        },
      });
    },
  });

describe('limits on requests, as app-config.yaml and app-config.production.yaml set them', () => {
  let url: string;
  let ports: PortBlock;
  const backend = createBackend();

  beforeAll(async () => {
    ports = await PortBlock.reserve();
    const port = ports.base + 1;
    url = `http://localhost:${port}`;
    backend.add(
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: url },
          backend: {
            baseUrl: url,
            listen: { port },
            trustProxy,
            // As production, but that the test itself comes from this machine.
            rateLimit: {
              ...rateLimit,
              ipAllowList: [],
              plugin: { auth: { ...rateLimit.plugin.auth, ipAllowList: [] } },
            },
          },
        },
      }),
    );
    backend.add(mockServices.rootLogger.factory());
    backend.add(mockServices.auth.factory());
    backend.add(mockServices.httpAuth.factory());
    backend.add(plugin('auth'));
    backend.add(plugin('example'));
    await backend.start();
  });

  afterAll(async () => {
    await backend.stop();
    await ports?.release();
  });

  /** @returns the answers to as many requests of an address, as its proxy passes them on */
  async function send(path: string, forwardedFor: string, times: number) {
    const answers: Response[] = [];
    for (let sent = 0; sent < times; sent++) {
      const response = await fetch(`${url}/api/${path}`, {
        headers: { 'X-Forwarded-For': forwardedFor },
      });
      await response.text();
      answers.push(response);
    }
    return answers.map(({ status, headers }) => ({
      status,
      retryAfter: Number(headers.get('retry-after')),
    }));
  }

  const limit = rateLimit.plugin.auth.incomingRequestLimit;

  it('turns an address away that asks for sign-in too often, and says until when', async () => {
    const answers = await send('auth/x', '198.51.100.1', limit + 1);
    expect(answers.slice(0, limit).every(({ status }) => status === 200)).toBe(
      true,
    );
    const { status, retryAfter } = answers[limit];
    expect(status).toBe(429);
    expect(retryAfter).toBeGreaterThan(0);
    expect(retryAfter).toBeLessThanOrEqual(60);
  });

  it('serves other addresses, and other plugins to the same address', async () => {
    expect(await send('auth/x', '198.51.100.2', 1)).toMatchObject([
      { status: 200 },
    ]);
    expect(await send('example/x', '198.51.100.1', 1)).toMatchObject([
      { status: 200 },
    ]);
  });

  it('believes the proxy about the address, not the caller', async () => {
    const forged = '203.0.113.9, 198.51.100.1';
    expect(await send('auth/x', forged, 1)).toMatchObject([{ status: 429 }]);
  });

  it('turns an address away that floods the portal', async () => {
    const answers = await send(
      'example/x',
      '198.51.100.3',
      rateLimit.incomingRequestLimit + 1,
    );
    expect(answers.map(({ status }) => status).indexOf(429)).toBe(
      rateLimit.incomingRequestLimit,
    );
  });
});
