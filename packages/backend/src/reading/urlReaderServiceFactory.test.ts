import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import {
  mockServices,
  ServiceFactoryTester,
} from '@backstage/backend-test-utils';
import { UrlReaderService } from '@backstage/backend-plugin-api';
import { urlReaderServiceFactory } from './urlReaderServiceFactory';

const content = (text: string) =>
  JSON.stringify({
    encoding: 'base64',
    content: Buffer.from(text).toString('base64'),
  });

describe('urlReaderServiceFactory', () => {
  const servers: Server[] = [];
  /** What Gitea and the host inside were asked for. */
  const asked: string[] = [];
  const askedInside: string[] = [];
  let gitea: string;
  let inside: string;
  let allowed: string;

  async function start(
    answer: (url: string) => { status?: number; body?: string; to?: string },
  ) {
    const server = createServer((request, response) => {
      const { status = 200, body = '', to } = answer(request.url ?? '');
      response.writeHead(to ? 302 : status, to ? { Location: to } : {});
      response.end(body);
    });
    servers.push(server);
    await new Promise<void>(done => {
      server.listen(0, 'localhost', done);
    });
    return `localhost:${(server.address() as AddressInfo).port}`;
  }

  beforeAll(async () => {
    inside = await start(url => {
      askedInside.push(url);
      return { body: 'a secret of the inside' };
    });
    gitea = await start(url => {
      asked.push(url);
      return { body: content('a file in Gitea') };
    });
    allowed = await start(url =>
      url === '/away'
        ? { to: `http://${inside}/latest/meta-data` }
        : { body: 'a page' },
    );
  });

  beforeEach(() => {
    asked.length = 0;
    askedInside.length = 0;
  });

  afterAll(() => Promise.all(servers.map(server => server.close())));

  const reader = (): Promise<UrlReaderService> =>
    ServiceFactoryTester.from(urlReaderServiceFactory, {
      dependencies: [
        mockServices.rootConfig.factory({
          data: {
            backend: { reading: { allow: [{ host: allowed }] } },
            integrations: {
              gitea: [{ host: gitea, baseUrl: `http://${gitea}` }],
            },
          },
        }),
      ],
    }).getSubject();

  it('reads from the configured Gitea and from allowed hosts', async () => {
    const { readUrl } = bound(await reader());
    const file = await readUrl(
      `http://${gitea}/acme/app/src/branch/main/catalog-info.yaml`,
    );
    expect((await file.buffer()).toString()).toBe('a file in Gitea');
    const page = await readUrl(`http://${allowed}/page`);
    expect((await page.buffer()).toString()).toBe('a page');
  });

  const away = (host: string, path = '/latest/meta-data') =>
    `http://${host}${path}`;
  it.each([
    ['a host inside', () => away(inside)],
    ['the address of a loopback host', () => away(portOf('127.0.0.1', inside))],
    ['a loopback address in decimal', () => away(portOf('2130706433', inside))],
    ['a loopback address in octal', () => away(portOf('0177.0.0.1', inside))],
    ['a short loopback address', () => away(portOf('127.1', inside))],
    ['an IPv6 loopback address', () => away(portOf('[::1]', inside))],
    ['IPv4 in IPv6', () => away(portOf('[::ffff:127.0.0.1]', inside))],
    ['all addresses', () => away(portOf('0.0.0.0', inside))],
    [
      'a name that is a loopback address',
      () => away(portOf('a.localhost', inside)),
    ],
    ['metadata of a cloud', () => away('169.254.169.254')],
    ['metadata of a cloud in IPv6', () => away('[fd00:ec2::254]')],
    ['metadata of a cloud by name', () => away('metadata.google.internal')],
    ['Gitea as a user name', () => away(`${gitea}@${inside}`)],
    ['Gitea as a password', () => away(`x:${gitea}@${inside}`)],
    ['Gitea before a backslash', () => away(`${gitea}\\@${inside}`)],
    ['Gitea in a fragment', () => away(`${inside}/#${gitea}`)],
    [
      'Gitea as part of a name',
      () => away(gitea.replace('localhost', 'localhost.evil.example')),
    ],
    ['another port of Gitea', () => away(portOf('localhost', inside))],
    ['a redirect of an allowed host', () => away(allowed, '/away')],
    ['a local file', () => 'file:///etc/passwd'],
    ['another protocol', () => `gopher://${inside}/x`],
    ['data', () => 'data:text/plain,secret'],
    [
      'Amazon S3, with the machine’s own credentials',
      () => 'https://bucket.s3.amazonaws.com/key',
    ],
    [
      'a public host that nobody configured',
      () => 'https://github.com/a/b/blob/main/c.yaml',
    ],
  ])('refuses %s', async (_, url) => {
    const { readUrl, readTree, search } = bound(await reader());
    await expect(readUrl(url())).rejects.toThrow(/refused|not allowed/);
    await expect(readTree(url())).rejects.toThrow();
    await expect(search(url())).rejects.toThrow();
    expect(askedInside).toEqual([]);
    expect(asked).toEqual([]);
  });

  const own = 'globex/app/src/branch/main';
  it.each([
    ['steps up', `${own}/../../../../../acme/secret/contents/key`],
    ['encoded steps up', `${own}/%2e%2e/%2E./.%2e/acme/secret/contents/key`],
    ['steps up with backslashes', `${own}/..\\..\\..\\acme/secret/key`],
    ['encoded slashes', `${own}/..%2f..%2f..%2facme%2fsecret/contents/key`],
    ['steps with tabs in them', `${own}/.\t./.\t./acme/secret/contents/key`],
    ['a repository called ".."', `../admin/src/branch/main/../users`],
  ])('refuses %s to another repository', async (_, path) => {
    const { readUrl, readTree, search } = bound(await reader());
    const url = `http://${gitea}/${path}`;
    for (const read of [readUrl, readTree, search]) {
      await expect(read(url)).rejects.toThrow(/is refused/);
    }
    expect(asked).toEqual([]);
  });

  it('does not repeat credentials that stand in an address', async () => {
    const { readUrl } = bound(await reader());
    await expect(readUrl(`http://bob:hunter2@${gitea}/a`)).rejects.toThrow(
      expect.objectContaining({
        message: expect.not.stringContaining('hunter2'),
      }),
    );
  });
});

function bound(reader: UrlReaderService) {
  return {
    readUrl: (url: string) => reader.readUrl(url),
    readTree: (url: string) => reader.readTree(url),
    search: (url: string) => reader.search(url),
  };
}

function portOf(host: string, address: string) {
  return `${host}:${address.split(':')[1]}`;
}
