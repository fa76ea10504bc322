import { mkdirSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { PORTAL_PORT, PORT_BASE } from './ports';
import { resultsDirectory, sandboxDirectory } from './sandbox';
import { Stack, startBackend, startSandbox } from './stack';

const stack: Stack = {
  directory: sandboxDirectory,
  portBase: PORT_BASE,
  portalPort: PORTAL_PORT,
  logFile: name => resolve(resultsDirectory, `${name}.log`),
};

/** Starts a sandbox without a past and the portal on it, as `npm start` does. */
export default async function globalSetup() {
  rmSync(sandboxDirectory, { recursive: true, force: true });
  mkdirSync(sandboxDirectory, { recursive: true });

  const sandbox = await startSandbox(stack);
  const backend = await startBackend(stack);

  return async () => {
    await backend.stop();
    await sandbox.stop();
  };
}
