import { createServer } from 'node:http';
import { after } from 'node:test';

const servers = [];
after(() => servers.forEach(server => server.close()));

/**
 * Starts a service for tests that answers each `METHOD /path` with `[status, body]`
 * as told, and 404 otherwise. It ends with the tests.
 *
 * @returns its address
 */
export async function startTestService(answers) {
  const server = createServer((request, response) => {
    const path = request.url.split('?')[0];
    const [status, body] = answers[`${request.method} ${path}`] ?? [404, {}];
    response.writeHead(status).end(JSON.stringify(body));
  });
  servers.push(server);
  await new Promise(done => {
    server.listen(0, 'localhost', done);
  });
  return `http://localhost:${server.address().port}`;
}
