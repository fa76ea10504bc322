import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { digest, unlessFresh } from './freshness.mjs';

import { checkDisk, checkGit, checkNode } from './machine.mjs';
import { root } from './paths.mjs';
import { step } from './progress.mjs';
import { run } from './run.mjs';
import { ensureToolchain, toolchainEnvironment } from './toolchain.mjs';

/** Files that decide what is installed. */
export const installSources = [
  'yarn.lock',
  'package.json',
  '.yarnrc.yml',
  '.yarn/patches',
];

/** Packages whose sources end up in the browser. */
function frontendSources() {
  const plugins = readdirSync(join(root, 'plugins')).filter(
    name => !/-(backend|node)$|-backend-module-/.test(name),
  );
  return ['packages/app', ...plugins.map(name => `plugins/${name}`)];
}

/** Checks the machine, and makes sure of the toolchain and the dependencies. */
export async function prepare() {
  checkNode();
  checkGit();
  await checkDisk();
  const paths = await ensureToolchain();
  const install = () =>
    step('Installing dependencies', () =>
      run('install', paths.node, [paths.yarn, 'install', '--immutable'], {
        env: toolchainEnvironment(),
      }),
    );
  await unlessFresh(
    'node_modules/.formulary-install',
    digest(installSources),
    install,
  );
  return paths;
}

/** Builds the frontend when its sources changed since the last build. */
export async function buildFrontend(paths) {
  await unlessFresh(
    'packages/app/dist/.formulary-build',
    digest([...frontendSources(), 'yarn.lock']),
    () => build(paths),
  );
}

function build({ node, yarn }) {
  return step('Building the frontend', () =>
    run('frontend', node, [yarn, 'workspace', 'app', 'build'], {
      env: toolchainEnvironment(),
    }),
  );
}
