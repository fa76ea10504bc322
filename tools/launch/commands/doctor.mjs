import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configChecks } from '../configChecks.mjs';
import { checkDisk, checkGit, checkPostgresUser } from '../machine.mjs';
import { sandbox } from '../paths.mjs';
import { describePorts } from '../ports.mjs';
import { isInstalled } from '../prepare.mjs';
import { Problem } from '../problem.mjs';
import { makeCredentials } from '../stack.mjs';
import {
  servicesOfEnvironment,
  servicesOfSandbox,
  tokenChecks,
} from '../tokens.mjs';
import { hasToolchain, toolchainPaths } from '../toolchain.mjs';

const line = (mark, title, text = '') =>
  process.stdout.write(
    `  ${mark.padEnd(8)} ${title}${
      text ? `: ${text.trim().split(/\n+/).join('\n           ')}` : ''
    }\n`,
  );

/** Runs a check and prints its line, with what it has to say; true when it holds. */
async function report(title, check) {
  try {
    line('ok', title, await check());
    return true;
  } catch (error) {
    line(
      'problem',
      title,
      error instanceof Problem ? error.message : error.stack,
    );
    return false;
  }
}

/** What a first `npm start` will do is no problem, only worth knowing. */
function state(title, isThere, otherwise) {
  if (isThere) line('ok', title);
  else line('not yet', title, otherwise);
}

async function reportConfig() {
  const folder = await mkdtemp(join(tmpdir(), 'formulary-doctor-'));
  try {
    await makeCredentials(toolchainPaths(), folder);
    let healthy = true;
    for (const { title, check } of configChecks(folder)) {
      healthy =
        (await report(title, async () => {
          await check();
        })) && healthy;
    }
    return healthy;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The services that the environment names; or the sandbox's, while it runs. */
async function configuredServices() {
  const named = servicesOfEnvironment(process.env);
  if (Object.keys(named).length > 0) return named;
  const file = join(sandbox, 'credentials.json');
  if (!existsSync(file)) return {};
  const credentials = JSON.parse(readFileSync(file, 'utf8'));
  const runs = await fetch(credentials.services.keycloak.issuer).then(
    ({ ok }) => ok,
    () => false,
  );
  return runs ? servicesOfSandbox(credentials) : {};
}

async function reportTokens() {
  const checks = tokenChecks(await configuredServices());
  if (checks.length === 0) {
    line(
      'not yet',
      'tokens of the services',
      'checked while the sandbox runs, or with the variables of app-config.production.yaml.',
    );
  }
  let healthy = true;
  for (const { title, check } of checks)
    healthy = (await report(title, check)) && healthy;
  return healthy;
}

/** `npm run doctor`: says what is wrong with the machine or the configuration; it changes nothing. */
export async function run() {
  let healthy = true;
  const checks = [
    [`Node.js ${process.versions.node}`, () => {}],
    ['git', () => checkGit()],
    ['disk', () => checkDisk()],
    ['system user of PostgreSQL', () => checkPostgresUser()],
    ['ports', () => describePorts()],
  ];
  for (const [title, check] of checks)
    healthy = (await report(title, check)) && healthy;

  state(
    'toolchain',
    hasToolchain(),
    '"npm start" fetches Node.js 24 and Yarn.',
  );
  state(
    'dependencies',
    isInstalled(),
    '"npm start" installs what yarn.lock says.',
  );
  state(
    'sandbox',
    existsSync(join(sandbox, 'credentials.json')),
    '"npm start" makes its data and secrets.',
  );
  if (hasToolchain() && isInstalled()) {
    healthy = (await reportConfig()) && healthy;
  } else {
    line(
      'not yet',
      'configuration',
      'checked once dependencies are installed.',
    );
  }
  healthy = (await reportTokens()) && healthy;
  process.stdout.write(
    healthy
      ? '\nNothing is wrong.\n'
      : '\nMend the problems above from the top.\n',
  );
  return healthy ? 0 : 1;
}
