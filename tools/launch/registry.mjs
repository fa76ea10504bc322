import { exec } from 'node:child_process';
import { promisify } from 'node:util';

const NPM_DEFAULT = 'https://registry.npmjs.org/';

/**
 * Environment that makes Yarn install from the registry that npm is configured
 * for, as behind a company's mirror; empty for the public one, or when Yarn's
 * own variable is set.
 */
export async function registryEnvironment(
  readNpmConfig = promisify(exec),
  environment = process.env,
) {
  if (environment.YARN_NPM_REGISTRY_SERVER) return {};
  const { stdout } = await readNpmConfig('npm config get registry');
  const registry = stdout.trim();
  return registry.startsWith('http') && registry !== NPM_DEFAULT
    ? { YARN_NPM_REGISTRY_SERVER: registry.replace(/\/$/, '') }
    : {};
}
