import { mkdirSync, rmSync } from 'node:fs';
import { Program } from '../program';
import { makeCredentials, Stack, startBackend, startSandbox } from '../stack';
import { createWebhook } from './admin';
import { startKeycloak } from './keycloakServer';
import { keycloakUrl, PORTAL_PORT, PORT_BASE } from './ports';
import { credentials, logFile, sandboxDirectory } from './sandbox';

const stack: Stack = {
  directory: sandboxDirectory,
  portBase: PORT_BASE,
  portalPort: PORTAL_PORT,
  logFile,
  keycloakUrl,
};

/** Starts a real Keycloak with the sandbox's realm, the other stand-ins and the portal on them. */
export default async function globalSetup() {
  rmSync(sandboxDirectory, { recursive: true, force: true });
  mkdirSync(sandboxDirectory, { recursive: true });
  const programs: Program[] = [];
  const stop = async () => {
    for (const program of programs.splice(0).reverse()) await program.stop();
    rmSync(sandboxDirectory, { recursive: true, force: true });
  };
  try {
    await makeCredentials(stack);
    programs.push(await startKeycloak(credentials()));
    programs.push(await startSandbox(stack));
    programs.push(await startBackend(stack));
    await createWebhook();
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}
