import { exec } from 'node:child_process';
import { promisify } from 'node:util';

/**
 * Environment that makes Yarn install from the registry that npm is configured
 * for, such as a company's mirror; empty when Yarn has a setting of its own.
 */
export async function registryEnvironment(
  readNpmConfig = promisify(exec),
  environment = process.env,
) {
  if (environment.YARN_NPM_REGISTRY_SERVER) return {};
  const { stdout } = await readNpmConfig('npm config get registry');
  const registry = stdout.trim();
  return registry.startsWith('http')
    ? { YARN_NPM_REGISTRY_SERVER: registry.replace(/\/$/, '') }
    : {};
}
