import { mkdirSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { PORTAL_PORT, PORT_BASE, runningPortal } from './ports';
import { resultsDirectory, sandboxDirectory } from './sandbox';
import { Stack, startBackend, startSandbox } from './stack';

const stack: Stack = {
  directory: sandboxDirectory,
  portBase: PORT_BASE,
  portalPort: PORTAL_PORT,
  logFile: name => resolve(resultsDirectory, `${name}.log`),
  defaults: [
    {
      name: 'everybody',
      services: ['gitea', 'coder', 'mattermost', 'twenty'],
    },
    {
      name: 'developers of Globex',
      match: { organisation: ['globex'], group: ['/globex/globex-developers'] },
      gitea: { teams: ['globex/developers'] },
      mattermost: { teams: ['globex'] },
    },
  ],
};

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

  const sandbox = await startSandbox(stack);
  const backend = await startBackend(stack);

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
