import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { credentials as credentialsIn, resultsDirectory } from '../sandbox';

/** State of the sandbox around the real Keycloak. */
export const sandboxDirectory = join(tmpdir(), 'formulary-e2e-keycloak');

/** Addresses, people and secrets of the sandbox around the real Keycloak. */
export const credentials = () => credentialsIn(sandboxDirectory);

/** Where the output of a program goes. */
export const logFile = (name: string) =>
  join(resultsDirectory, 'keycloak', `${name}.log`);

/** Somebody who is in the realm from the beginning. */
export function personCalled(username: string) {
  return credentials().people.find(person => person.username === username)!;
}
