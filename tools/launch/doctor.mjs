import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { configChecks } from './configChecks.mjs';
import { digest, isFresh } from './freshness.mjs';
import { checkDisk, checkGit, checkNode, checkPorts } from './machine.mjs';
import { root, sandbox } from './paths.mjs';
import { installSources } from './prepare.mjs';
import { main, Problem } from './problem.mjs';
import { toolchainPaths } from './toolchain.mjs';

function checkToolchain() {
  if (!existsSync(toolchainPaths().node)) {
    throw new Problem('Not fetched yet. "npm start" does it.');
  }
}

function checkInstall() {
  if (!isFresh('node_modules/.formulary-install', digest(installSources))) {
    throw new Problem(
      'The dependencies are missing or older than yarn.lock. "npm start" installs them.',
    );
  }
}

function checkCredentials() {
  if (!existsSync(join(sandbox, 'credentials.json'))) {
    throw new Problem(
      'The sandbox was never started here. "npm start" makes its data and secrets.',
    );
  }
}

/** Runs a check and prints its line; true when it holds. */
async function report(title, check) {
  try {
    await check();
    process.stdout.write(`  ok       ${title}\n`);
    return true;
  } catch (error) {
    const [first, ...rest] = error.message.trim().split('\n');
    process.stdout.write(
      `  problem  ${title}: ${[
        first,
        ...rest.map(line => `           ${line}`),
      ].join('\n')}\n`,
    );
    return false;
  }
}

await main(async () => {
  const checks = [
    ['Node.js', () => checkNode()],
    ['git', () => checkGit()],
    ['disk', () => checkDisk()],
    ['ports', () => checkPorts()],
    ['toolchain', checkToolchain],
    ['dependencies', checkInstall],
    ['sandbox', checkCredentials],
  ];
  let healthy = true;
  for (const [title, check] of checks)
    healthy = (await report(title, check)) && healthy;
  if (existsSync(join(root, 'node_modules/@backstage/cli'))) {
    for (const { title, check } of configChecks(sandbox)) {
      healthy = (await report(title, check)) && healthy;
    }
  }
  process.stdout.write(
    healthy ? '\nAll is well.\n' : '\nMend the problems above from the top.\n',
  );
  return healthy ? 0 : 1;
});
