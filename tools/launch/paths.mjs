import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** Where Node.js and Yarn are kept as packages. */
export const toolchain = join(root, '.toolchain');

/** State of the sandbox: data, secrets, logs. */
export const sandbox = process.env.FORMULARY_SANDBOX
  ? resolve(process.env.FORMULARY_SANDBOX)
  : join(root, '.sandbox');

/** What the steps and programs printed. */
export const logs = join(sandbox, 'logs');
