import { mkdirSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { Program } from './program';
import { portal, PORTAL_PORT, PORT_BASE, runningPortal } from './ports';
import {
  packageDirectory,
  resultsDirectory,
  sandboxDirectory,
} from './sandbox';

const root = resolve(packageDirectory, '../..');
const transform = ['--require', '@backstage/cli/config/nodeTransform.cjs'];

/**
 * Starts a sandbox without a past and the portal on it, as `npm start` does;
 * or makes sure of the portal that runs already.
 */
export default async function globalSetup() {
  if (runningPortal) {
    await expectReady(runningPortal);
    return undefined;
  }
  rmSync(sandboxDirectory, { recursive: true, force: true });
  mkdirSync(sandboxDirectory, { recursive: true });

  const sandbox = Program.start({
    name: 'sandbox',
    args: [
      ...transform,
      'packages/sandbox/src/main.ts',
      '--stop-with-parent',
      ...['--directory', sandboxDirectory],
      ...['--port-base', String(PORT_BASE)],
      ...['--portal-port', String(PORTAL_PORT)],
    ],
    cwd: root,
    logFile: resolve(resultsDirectory, 'sandbox.log'),
  });
  await sandbox.waitForLine('sandbox ready');

  const backend = Program.start({
    name: 'backend',
    args: [
      ...transform,
      'packages/backend/src/index.ts',
      ...['--config', 'app-config.yaml'],
      ...['--config', 'app-config.sandbox.yaml'],
    ],
    cwd: root,
    env: {
      FORMULARY_SANDBOX: sandboxDirectory,
      APP_CONFIG_backend_listen_port: String(PORTAL_PORT),
    },
    logFile: resolve(resultsDirectory, 'backend.log'),
  });
  await backend.waitForUrl(`${portal}/.backstage/health/v1/readiness`);

  return async () => {
    await backend.stop();
    await sandbox.stop();
  };
}

async function expectReady(url: string): Promise<void> {
  if (!process.env.FORMULARY_E2E_CREDENTIALS) {
    throw new Error(
      'FORMULARY_E2E_CREDENTIALS is missing beside FORMULARY_E2E_PORTAL: a file like credentials.json',
    );
  }
  const response = await fetch(`${url}/.backstage/health/v1/readiness`);
  if (!response.ok) {
    throw new Error(`The portal at ${url} is not ready: ${response.status}`);
  }
}
