import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';

const IGNORED = new Set([
  'node_modules',
  'dist',
  'dist-types',
  'coverage',
  'results',
]);

/** Digest of files and folders of a folder, by their names and content; what is not there counts for nothing. */
export function digest(paths, folder = root) {
  const hash = createHash('sha256');
  const add = path => {
    const absolute = join(folder, path);
    if (!existsSync(absolute)) return;
    const entries = listing(absolute);
    if (!entries) {
      hash
        .update(path)
        .update('\0')
        .update(readFileSync(absolute))
        .update('\0');
      return;
    }
    for (const { name } of entries) {
      if (!IGNORED.has(name)) add(`${path}/${name}`);
    }
  };
  [...paths].sort().forEach(add);
  return hash.digest('hex');
}

function listing(path) {
  try {
    return readdirSync(path, { withFileTypes: true }).sort((a, b) =>
      a.name < b.name ? -1 : 1,
    );
  } catch (error) {
    if (error.code === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** Whether some work was done before with the same digest. */
export function isFresh(stamp, current, folder = root) {
  const file = join(folder, stamp);
  return existsSync(file) && readFileSync(file, 'utf8') === current;
}

/** Does some work unless it was done before with the same digest, and remembers it when it succeeded. */
export async function unlessFresh(stamp, current, work, folder = root) {
  if (isFresh(stamp, current, folder)) return;
  await work();
  writeFileSync(join(folder, stamp), current);
}
