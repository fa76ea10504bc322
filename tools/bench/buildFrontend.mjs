import { join } from 'node:path';
import { root } from '../launch/paths.mjs';
import { run } from '../launch/run.mjs';

/** Builds the frontend in a folder for production. */
export const buildFrontend = (name, directory) =>
  run(
    `build-${name}`,
    process.execPath,
    [
      join(root, 'node_modules/@backstage/cli/bin/backstage-cli'),
      'package',
      'build',
    ],
    { cwd: directory, env: process.env },
  );
