import { execFileSync } from 'node:child_process';
import { statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { Problem } from './problem.mjs';

/** Ports of `npm start`, by what listens there. */
export const PORTS = {
  'the portal': 7007,
  "the sandbox's Keycloak": 7201,
  "the sandbox's Gitea": 7202,
  "the sandbox's Coder": 7203,
  "the sandbox's Mattermost": 7204,
  "the sandbox's Twenty": 7205,
  "the sandbox's control API": 7206,
  "the sandbox's PostgreSQL": 7232,
};

/** Free bytes that the first installation needs, and a later start. */
const FIRST_START_BYTES = 4e9;
const LATER_START_BYTES = 5e8;

/** @throws Problem when this Node.js is too old to run the launcher's own tools */
export function checkNode(version = process.versions.node) {
  if (Number(version.split('.')[0]) < 18) {
    throw new Problem(
      `Node.js ${version} is too old. Install Node.js 18 or newer; Formulary fetches the version it runs on by itself.`,
    );
  }
}

/** @throws Problem when git can't be run */
export function checkGit(execute = execFileSync) {
  try {
    execute('git', ['--version'], { stdio: 'ignore' });
  } catch {
    throw new Problem('git was not found. Install git and start again.');
  }
}

/** @throws Problem when there is too little room */
export async function checkDisk(read = statfs) {
  const { bavail, bsize } = await read(root);
  const needed = existsSync(join(root, 'node_modules'))
    ? LATER_START_BYTES
    : FIRST_START_BYTES;
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

/** Whether nobody listens on a port of the loopback interface. */
export function isFree(port) {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** @throws Problem that names every port that is taken */
export async function checkPorts(ports = PORTS) {
  const taken = [];
  for (const [what, port] of Object.entries(ports)) {
    if (!(await isFree(port))) taken.push(`${port} (${what})`);
  }
  if (taken.length > 0) {
    throw new Problem(
      `In use already: port ${taken.join(
        ', ',
      )}. Is Formulary running in another terminal? Stop what listens there and start again.`,
    );
  }
}
