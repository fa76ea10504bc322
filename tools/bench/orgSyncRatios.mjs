import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root, sandbox } from '../launch/paths.mjs';
import { checkPorts } from '../launch/ports.mjs';
import { Program } from '../launch/program.mjs';
import { step } from '../launch/progress.mjs';
import { table } from '../launch/table.mjs';
import { Problem } from '../launch/problem.mjs';
import { providers } from './orgSyncProviders.mjs';
import { circumstances, median } from './report.mjs';

const PORT_BASE = 31200;
const ROUNDS = 3;

/** Pages and calls at once, on both sides; the module's defaults. */
const READING = { pageSize: 100, concurrency: 4 };

/** Starts the sandbox for its PostgreSQL. @returns how to connect to it */
async function startPostgres() {
  const program = new Program(
    'sandbox',
    process.execPath,
    [
      ...['--require', '@backstage/cli/config/nodeTransform.cjs'],
      'packages/sandbox/src/main.ts',
      ...['--directory', sandbox, '--only', 'keycloak'],
      ...['--port-base', String(PORT_BASE)],
      ...['--portal-port', String(PORT_BASE + 50)],
    ],
    { env: process.env },
  );
  await program.printed('sandbox ready');
  const credentials = readFileSync(join(sandbox, 'credentials.json'), 'utf8');
  return JSON.parse(credentials).postgres;
}

/** Runs one side in a process of its own. */
async function runSide(file, settings) {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      '--expose-gc',
      ...['--require', '@backstage/cli/config/nodeTransform.cjs'],
      join(root, 'tools/bench', file),
      JSON.stringify(settings),
    ],
    { cwd: root, env: { ...process.env, NODE_ENV: 'production' } },
  );
  return JSON.parse(stdout);
}

const middle = (runs, pick) => median(runs.map(pick));

/** Rows of one measure, with the ratio of the two sides. */
function row(title, ours, bare, pick, unit) {
  const [a, b] = [middle(ours, pick), middle(bare, pick)];
  const show = value => `${value.toFixed(unit === 's' ? 2 : 0)} ${unit}`;
  return [title, show(a), show(b), `${(a / b).toFixed(2)} ×`];
}

/** Where the data of each identity provider is. */
const data = {
  keycloak: () => import('./orgSyncRealm.mjs'),
  logto: () => import('./orgSyncTenant.mjs'),
};

/** Compares the sync of one identity provider's data to reading the same pages, and prints it. */
async function compare(name, postgres) {
  const { title, contents } = providers[name];
  const { everyList: lists, serve } = await data[name]();
  const settings = { name, baseUrl: await serve(), ...READING };
  const ours = [];
  const bare = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    const words = `${title}, round ${round} of ${ROUNDS}`;
    bare.push(
      await step(`${words}, bare reading`, () =>
        runSide('orgSyncBare.mjs', { ...settings, lists }),
      ),
    );
    ours.push(
      await step(`${words}, sync`, () =>
        runSide('orgSyncOurs.mjs', { ...settings, postgres }),
      ),
    );
  }
  const seconds = which => side => side[which].ms / 1000;
  process.stdout.write(`
${title}: ${contents}; ${ours[0].given} entities. Medians of ${ROUNDS} rounds.
The sync includes PostgreSQL, but not what the catalog does with what it is given.

${table([
  ['', 'sync', 'bare', 'ratio'],
  row('time of the first', ours, bare, seconds('first'), 's'),
  row('time of the next', ours, bare, seconds('again'), 's'),
  row('peak memory', ours, bare, side => side.again.peak, 'MiB'),
  row('growth of memory', ours, bare, side => side.first.growth, 'MiB'),
])}

`);
}

/** Measures the identity providers that the command line names, or all. @returns the exit code */
export async function run() {
  const wanted = process.argv.slice(2);
  const unknown = wanted.find(name => !(name in providers));
  if (unknown) {
    throw new Problem(
      `There is no "${unknown}" to measure: name ${Object.keys(providers).join(
        ' or ',
      )}, or none for both.`,
    );
  }
  await checkPorts({ 'the sandbox under test': PORT_BASE + 1 });
  const postgres = await step('Starting PostgreSQL', startPostgres);
  process.stdout.write(`
${circumstances([
  '"bare": fetches and parses the same pages, as many at once, and keeps nothing',
])}

`);
  for (const name of wanted.length ? wanted : Object.keys(providers)) {
    await compare(name, postgres);
  }
  return 0;
}
