import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { nodeArguments } from './children.mjs';
import { digest, isFresh, unlessFresh } from './freshness.mjs';
import { checkDisk, checkGit, checkPostgresUser } from './machine.mjs';
import { root } from './paths.mjs';
import { step } from './progress.mjs';
import { registryEnvironment } from './registry.mjs';
import { explain, run } from './run.mjs';
import { ensureToolchain, toolchainEnvironment } from './toolchain.mjs';

const INSTALL_STAMP = 'node_modules/.formulary-install';
const BUILD_STAMP = 'packages/app/dist/.formulary-build';

/** What decides which packages are installed. */
const installDigest = () =>
  digest(['yarn.lock', 'package.json', '.yarnrc.yml', '.yarn/patches']);

/** Whether the dependencies are those of the lockfile. */
export const isInstalled = () => isFresh(INSTALL_STAMP, installDigest());

/**
 * What decides what the frontend is built from. The configuration is no part
 * of it: the backend puts it into the page at every start (app-backend,
 * lib/config/injectConfig), except its schema, which lies beside the sources.
 */
function buildDigest() {
  const plugins = readdirSync(join(root, 'plugins')).filter(
    name => !/-(backend|node)$|-backend-module-/.test(name),
  );
  return digest([
    'yarn.lock',
    'packages/app',
    ...plugins.map(name => `plugins/${name}`),
  ]);
}

/** Checks the machine, and makes sure of the toolchain and the dependencies. */
export async function prepare() {
  checkGit();
  checkPostgresUser();
  await checkDisk();
  const paths = await ensureToolchain();
  await unlessFresh(INSTALL_STAMP, installDigest(), () =>
    step('Installing dependencies', async () =>
      run(
        'install',
        paths.node,
        nodeArguments([paths.yarn, 'install', '--immutable']),
        {
          reasonOf: explain,
          env: toolchainEnvironment({
            // As npm's, Yarn's trust is that of the machine.
            NODE_USE_SYSTEM_CA: '1',
            ...(await registryEnvironment()),
          }),
        },
      ),
    ),
  );
  return paths;
}

/** Builds the frontend when its sources changed since the last build. */
export async function buildFrontend({ node, yarn }) {
  await unlessFresh(BUILD_STAMP, buildDigest(), () =>
    step('Building the frontend', () =>
      run(
        'frontend',
        node,
        nodeArguments([yarn, 'workspace', 'app', 'build']),
        { env: toolchainEnvironment() },
      ),
    ),
  );
}
