import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { toolchain } from './paths.mjs';
import { Problem } from './problem.mjs';
import { step } from './progress.mjs';
import { run } from './run.mjs';

const NODE_VERSION = '24.21.0';
const YARN_VERSION = '4.13.0';

/** Name of the package that holds Node.js for a machine. */
export function nodePackage(platform = process.platform, arch = process.arch) {
  const os = { linux: 'linux', darwin: 'darwin', win32: 'win' }[platform];
  if (!os || !['x64', 'arm64'].includes(arch)) {
    throw new Problem(
      `There is no Node.js package for ${platform} on ${arch}. Formulary runs on Linux, macOS and Windows, on x64 and arm64.`,
    );
  }
  return `node-${os}-${arch}`;
}

/** Where the toolchain's programs are. */
export function toolchainPaths() {
  const modules = join(toolchain, 'node_modules');
  const windows = process.platform === 'win32';
  const nodeBin = join(modules, nodePackage(), 'bin');
  return {
    bin: windows ? join(modules, nodePackage()) : nodeBin,
    node: windows
      ? join(modules, nodePackage(), 'bin', 'node.exe')
      : join(nodeBin, 'node'),
    yarn: join(modules, '@yarnpkg/cli-dist/bin/yarn.js'),
    shims: join(modules, '.bin'),
  };
}

/**
 * Makes sure of the right Node.js and Yarn, as ordinary packages in an ignored folder.
 *
 * The platform's package is asked for directly, because the `node` package
 * fetches it in an install script, which newer npm versions may refuse to run.
 */
export async function ensureToolchain() {
  const paths = toolchainPaths();
  const wanted = [
    `${nodePackage()}@${NODE_VERSION}`,
    `@yarnpkg/cli-dist@${YARN_VERSION}`,
  ];
  const stamp = join(toolchain, wanted.join('+').replace(/[@/]/g, '_'));
  if (existsSync(stamp) && existsSync(paths.node)) return paths;
  await step('Fetching Node.js and Yarn', async () => {
    mkdirSync(toolchain, { recursive: true });
    writeFileSync(join(toolchain, 'package.json'), '{"private":true}\n');
    await run('toolchain', 'npm', [
      'install',
      '--no-audit',
      '--no-fund',
      '--no-package-lock',
      '--prefix',
      toolchain,
      ...wanted,
    ]);
    writeFileSync(stamp, '');
  });
  return paths;
}

/** The environment in which the toolchain's Node.js and Yarn are found first. */
export function toolchainEnvironment(extra = {}) {
  const { bin, shims } = toolchainPaths();
  return {
    ...process.env,
    ...extra,
    PATH: [bin, shims, process.env.PATH].join(delimiter),
  };
}
