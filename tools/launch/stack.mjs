import { join } from 'node:path';
import { nodeArguments } from './children.mjs';
import { root, sandbox } from './paths.mjs';
import { Program } from './program.mjs';
import { run } from './run.mjs';
import { toolchainEnvironment } from './toolchain.mjs';

const transform = ['--require', '@backstage/cli/config/nodeTransform.cjs'];
const SANDBOX_MAIN = 'packages/sandbox/src/main.ts';

/** Environment of the sandbox and the backend; compiled code is kept for the next start. */
const environment = extra =>
  toolchainEnvironment({
    FORMULARY_SANDBOX: sandbox,
    NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/formulary-compile'),
    ...extra,
  });

/** Makes the secrets of a sandbox without starting it. */
export function makeCredentials({ node }, directory) {
  return run(
    'credentials',
    node,
    nodeArguments([
      ...transform,
      SANDBOX_MAIN,
      '--directory',
      directory,
      '--credentials-only',
    ]),
    { env: environment() },
  );
}

/** Starts the sandbox and waits until every service of it answers. */
export async function startSandbox({ node }) {
  const program = new Program(
    'sandbox',
    node,
    [...transform, SANDBOX_MAIN, '--directory', sandbox],
    { env: environment() },
  );
  await program.printed('sandbox ready');
  return program;
}

/**
 * Starts the backend on the sandbox and waits until it is ready.
 *
 * @param onLine - gets every line of its log, a JSON object each
 */
export async function startBackend({ node }, onLine) {
  const program = new Program(
    'backend',
    node,
    [
      ...transform,
      'packages/backend/src/index.ts',
      '--config',
      'app-config.yaml',
      '--config',
      'app-config.sandbox.yaml',
    ],
    {
      env: environment({
        NODE_ENV: 'production',
        // The backend stops when its open requests are answered. Those that
        // wait for events (events-backend, EventsPlugin) else take up to 55 s.
        APP_CONFIG_events_notifyTimeoutMs: '4000',
      }),
      onLine,
    },
  );
  await program.answers('http://localhost:7007/.backstage/health/v1/readiness');
  return program;
}
