import { join } from 'node:path';
import { root, sandbox } from './paths.mjs';
import { Program } from './program.mjs';
import { run } from './run.mjs';
import { toolchainEnvironment } from './toolchain.mjs';

const transform = ['--require', '@backstage/cli/config/nodeTransform.cjs'];

/** Makes the secrets of a sandbox without starting it. */
export function makeCredentials({ node }, directory) {
  return run(
    'credentials',
    node,
    [
      ...transform,
      'packages/sandbox/src/main.ts',
      '--directory',
      directory,
      '--credentials-only',
    ],
    { env: toolchainEnvironment() },
  );
}

/** Starts the sandbox; it answers when the returned program has printed `sandbox ready`. */
export function startSandbox({ node }) {
  return new Program(
    'sandbox',
    node,
    [
      ...transform,
      'packages/sandbox/src/main.ts',
      '--directory',
      sandbox,
      '--stop-with-parent',
    ],
    { env: toolchainEnvironment() },
  );
}

/** Starts the backend on the sandbox; warnings and errors go to `onLine` besides the log. */
export function startBackend({ node }, onLine) {
  return new Program(
    'backend',
    node,
    [
      ...transform,
      '--require',
      join(root, 'tools/launch/stop-with-parent.cjs'),
      'packages/backend/src/index.ts',
      '--config',
      'app-config.yaml',
      '--config',
      'app-config.sandbox.yaml',
    ],
    {
      env: toolchainEnvironment({
        FORMULARY_SANDBOX: sandbox,
        NODE_ENV: 'production',
      }),
      onLine,
    },
  );
}
