import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import fs from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { Problem } from './problem.mjs';

/** Free bytes that the first installation needs, and a later start. */
const FIRST_START_BYTES = 4e9;
const LATER_START_BYTES = 5e8;

/** @throws Problem when git can't be run */
export function checkGit(execute = execFileSync) {
  try {
    execute('git', ['--version'], { stdio: 'ignore' });
  } catch {
    throw new Problem(
      'git was not found. Install git (https://git-scm.com/downloads) and start again.',
    );
  }
}

/** @throws Problem when there is too little room for what is still to be installed */
export async function checkDisk({
  // Node.js before 18.15 can not tell; the installation then says it.
  read = fs.statfs,
  installed = existsSync(join(root, 'node_modules/.formulary-install')),
} = {}) {
  if (!read) return;
  const { bavail, bsize } = await read(root);
  const needed = installed ? LATER_START_BYTES : FIRST_START_BYTES;
  const free = bavail * bsize;
  if (free < needed) {
    throw new Problem(
      `The disk has ${gigabytes(free)} free and ${gigabytes(
        needed,
      )} are needed. Free some space and start again.`,
    );
  }
}

const gigabytes = bytes => `${(bytes / 1e9).toFixed(1)} GB`;

/**
 * PostgreSQL refuses to run as root, so as root it runs as a system user of
 * its own, which the sandbox makes when it is missing.
 *
 * @throws Problem when it can neither be found nor made
 */
export function checkPostgresUser({
  isRoot = process.getuid?.() === 0,
  execute = execFileSync,
} = {}) {
  if (!isRoot) return;
  const works = (command, args) => {
    try {
      execute(command, args, { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  };
  if (!works('id', ['postgres']) && !works('useradd', ['--help'])) {
    throw new Problem(
      'PostgreSQL does not run as root, and there is no system user "postgres" and no useradd to make one. Start as a normal user, or add the user "postgres".',
    );
  }
}
