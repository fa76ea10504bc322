import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FormulasClient } from './FormulasClient';

describe('FormulasClient', () => {
  let server: Server;
  let client: FormulasClient;
  const requested: string[] = [];

  beforeAll(async () => {
    server = createServer((req, res) => {
      requested.push(req.url ?? '');
      const found = req.url === '/formulas/acme/full%20stack/bundle';
      res.writeHead(found ? 200 : 404, { 'content-type': 'application/json' });
      res.end(
        JSON.stringify(
          found
            ? {
                readme: '# Hello',
                claude: { skills: [], agents: [], mcpServers: [] },
                problems: [],
              }
            : {
                error: { name: 'NotFoundError', message: 'No such formula' },
                request: { method: 'GET', url: req.url },
                response: { statusCode: 404 },
              },
        ),
      );
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    client = new FormulasClient({
      discoveryApi: { getBaseUrl: async () => `http://127.0.0.1:${port}` },
      fetchApi: { fetch },
    });
  });

  afterAll(() => new Promise(resolve => server.close(resolve)));

  it('reads a bundle and escapes the parts of the path', async () => {
    await expect(
      client.getBundle({ namespace: 'acme', name: 'full stack' }),
    ).resolves.toMatchObject({ readme: '# Hello' });
  });

  it('takes the default namespace when none is given and throws what the backend says', async () => {
    await expect(client.getBundle({ name: 'gone' })).rejects.toMatchObject({
      statusCode: 404,
      cause: { message: 'No such formula' },
    });
    expect(requested).toContain('/formulas/default/gone/bundle');
  });
});
