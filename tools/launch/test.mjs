import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configChecks } from './configChecks.mjs';
import { one, jest, nodeTest, playwright } from './counts.mjs';
import { table } from './greeting.mjs';
import { root } from './paths.mjs';
import { buildFrontend, prepare } from './prepare.mjs';
import { makeCredentials } from './stack.mjs';
import { main } from './problem.mjs';
import { toolchainEnvironment } from './toolchain.mjs';

const reports = mkdtempSync(join(tmpdir(), 'formulary-test-'));

/** Runs a command with its output on the terminal; whether it succeeded. */
function show({ node, yarn }, args) {
  const child = spawn(node, args[0] === '--test' ? args : [yarn, ...args], {
    cwd: root,
    env: toolchainEnvironment({ CI: '1', FORCE_COLOR: '0' }),
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return new Promise(resolve =>
    child.once('exit', code => resolve(code === 0)),
  );
}

/** Every stage: what it runs, and how its report is counted. */
function stagesOf(paths) {
  const command = (title, args, count = one) => ({
    title,
    run: async () => count(await show(paths, args)),
  });
  const nodeReport = join(reports, 'launcher.tap');
  const jestReport = join(reports, 'jest.json');
  return [
    command(
      'launcher tests',
      [
        '--test',
        '--test-reporter=spec',
        '--test-reporter-destination=stdout',
        '--test-reporter=tap',
        `--test-reporter-destination=${nodeReport}`,
        'tools/launch/*.test.mjs',
      ],
      passed => nodeTest(nodeReport, passed),
    ),
    command('formatting', ['prettier', '--check', '--log-level', 'warn', '.']),
    command('lint', ['backstage-cli', 'repo', 'lint']),
    command('types', ['tsc']),
    command(
      'unit, integration and contract tests',
      [
        'backstage-cli',
        'repo',
        'test',
        '--watch=false',
        '--maxWorkers=2',
        '--json',
        `--outputFile=${jestReport}`,
      ],
      passed => jest(jestReport, passed),
    ),
    {
      title: 'frontend build',
      run: async () => {
        await buildFrontend(paths);
        return one(true);
      },
    },
    command(
      'journeys in Chromium',
      ['workspace', '@formulary/e2e', 'test'],
      passed =>
        playwright(join(root, 'packages/e2e/results/report.json'), passed),
    ),
    ...configChecks(reports).map(({ title, check }) => ({
      title,
      run: async () => {
        await makeCredentials(paths, reports);
        await check();
        return one(true);
      },
    })),
  ];
}

await main(async () => {
  const paths = await prepare();
  const rows = [['stage', 'passed', 'failed', 'skipped', 'seconds']];
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const { title, run } of stagesOf(paths)) {
    process.stdout.write(`\n== ${title}\n`);
    const since = Date.now();
    const counts = await run().catch(error => {
      process.stdout.write(`${error.message}\n`);
      return one(false);
    });
    for (const key of Object.keys(total)) total[key] += counts[key];
    rows.push([
      title,
      ...[counts.passed, counts.failed, counts.skipped].map(String),
      ((Date.now() - since) / 1000).toFixed(0),
    ]);
  }
  process.stdout.write(`\n${table(rows)}\n\n`);
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  process.stdout.write(
    `${total.passed} passed, ${total.failed} failed${skipped}\n`,
  );
  return total.failed > 0 || total.passed === 0 ? 1 : 0;
});
