import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { credentials as credentialsIn, resultsDirectory } from '../sandbox';

/** State of the sandbox beside Logto's stand-in. */
export const sandboxDirectory = join(tmpdir(), 'formulary-e2e-logto');

/** Addresses and secrets of the sandbox beside Logto's stand-in. */
export const credentials = () => credentialsIn(sandboxDirectory);

/** Where the output of a program goes. */
export const logFile = (name: string) =>
  join(resultsDirectory, 'logto', `${name}.log`);
