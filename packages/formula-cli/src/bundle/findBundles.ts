import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '@backstage/errors';

/** Folders of a repository that hold one bundle in each of their folders. */
const COLLECTIONS = ['formulas', 'templates'];

/**
 * The folders that a command works on.
 *
 * @param given - as the user named them; none: all bundles of the repository that the tool runs in
 * @throws InputError when a folder is missing, or there is none at all
 */
export function findBundles(given: string[]): string[] {
  const missing = given.find(folder => !existsSync(folder));
  if (missing !== undefined) {
    throw new InputError(`There is no folder ${missing}`);
  }
  if (given.length > 0) return given;
  const found = COLLECTIONS.filter(existsSync).flatMap(collection =>
    readdirSync(collection, { withFileTypes: true })
      .filter(entry => entry.isDirectory())
      .map(entry => join(collection, entry.name))
      .sort(),
  );
  if (found.length === 0) {
    throw new InputError(
      'There is no bundle in formulas/ or templates/ here. Run this in the root of the repository, or name folders',
    );
  }
  return found;
}
