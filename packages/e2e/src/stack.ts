import { resolve } from 'node:path';
import { Program } from './program';
import { packageDirectory } from './sandbox';

const root = resolve(packageDirectory, '../..');
const transform = ['--require', '@backstage/cli/config/nodeTransform.cjs'];

/** Where a sandbox and its portal are. */
export interface Stack {
  /** State of the sandbox. */
  directory: string;
  portBase: number;
  portalPort: number;
  /** Where the output of a program goes. */
  logFile: (name: string) => string;
  /** Address of a Keycloak instead of the stand-in. */
  keycloakUrl?: string;
  /** Further overlays of the portal's configuration. */
  overlays?: string[];
  /** Further variables of the portal's environment. */
  environment?: Record<string, string>;
  /** `provisioning.defaults` of the portal: who gets what without asking. */
  defaults?: object[];
}

/** Starts the sandbox's program; `more` are further flags. */
function sandboxProgram(stack: Stack, ...more: string[]): Program {
  return Program.start({
    name: 'sandbox',
    args: [
      ...transform,
      'packages/sandbox/src/main.ts',
      '--stop-with-parent',
      ...['--directory', stack.directory],
      ...['--port-base', String(stack.portBase)],
      ...['--portal-port', String(stack.portalPort)],
      ...(stack.keycloakUrl ? ['--keycloak-url', stack.keycloakUrl] : []),
      ...more,
    ],
    cwd: root,
    logFile: stack.logFile('sandbox'),
  });
}

/** Makes the sandbox's addresses and secrets without starting it. */
export const makeCredentials = (stack: Stack): Promise<void> =>
  sandboxProgram(stack, '--credentials-only').finished();

/** Starts the sandbox and waits until every service of it answers. */
export async function startSandbox(stack: Stack): Promise<Program> {
  const sandbox = sandboxProgram(stack);
  await sandbox.waitForLine('sandbox ready');
  return sandbox;
}

/** Starts the portal on the sandbox, as `npm start` does, and waits until it is ready. */
export async function startBackend(stack: Stack): Promise<Program> {
  const backend = Program.start({
    name: 'backend',
    args: [
      ...transform,
      'packages/backend/src/index.ts',
      ...['--config', 'app-config.yaml'],
      ...['--config', 'app-config.sandbox.yaml'],
      ...(stack.overlays ?? []).flatMap(file => ['--config', file]),
    ],
    cwd: root,
    env: {
      FORMULARY_SANDBOX: stack.directory,
      APP_CONFIG_backend_listen_port: String(stack.portalPort),
      ...stack.environment,
      ...(stack.defaults
        ? { APP_CONFIG_provisioning_defaults: JSON.stringify(stack.defaults) }
        : {}),
    },
    logFile: stack.logFile('backend'),
  });
  await backend.waitForUrl(
    `http://localhost:${stack.portalPort}/.backstage/health/v1/readiness`,
  );
  return backend;
}
