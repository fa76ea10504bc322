import type { SandboxCredentials } from '@formulary/sandbox';
import { credentials } from './sandbox';

/** Somebody of the sandbox by their username. */
export function person(username: string): SandboxCredentials['people'][number] {
  const found = credentials().people.find(each => each.username === username);
  if (!found) throw new Error(`Nobody in the sandbox is called ${username}`);
  return found;
}
