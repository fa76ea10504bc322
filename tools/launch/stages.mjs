import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { auditDependencies } from './audit.mjs';
import { Child, nodeArguments } from './children.mjs';
import { configChecks } from './configChecks.mjs';
import {
  bundles,
  jest,
  nodeTest,
  one,
  playwright,
  skipped,
} from './counts.mjs';
import { ensureKeycloak, keycloakHome } from './keycloak.mjs';
import { root } from './paths.mjs';
import { buildFrontend } from './prepare.mjs';
import { makeCredentials } from './stack.mjs';
import { toolchainEnvironment } from './toolchain.mjs';

/** More than this many at once do not help on two cores. */
const JEST_WORKERS = 2;

/** Runs Node.js with its output on the terminal; whether it succeeded. */
async function succeeds(node, args, environment) {
  const child = new Child(node, nodeArguments(args), {
    env: toolchainEnvironment({ CI: '1', ...environment }),
    stdio: ['inherit', 'inherit'],
  });
  return (await child.ended) === 0;
}

/**
 * Every stage of `npm test`, in the order in which they run: `title`, and
 * `run`, which resolves to counts of what passed, failed and was skipped.
 *
 * @param toolchain - paths of Node.js and Yarn
 * @param reports - folder for what the runners report
 */
export function stages(toolchain, reports) {
  const { node, yarn } = toolchain;
  const check = (title, work) => ({
    title,
    run: async () => {
      await work();
      return one(true);
    },
  });
  const tool = (title, ...args) => ({
    title,
    run: async () => one(await succeeds(node, [yarn, ...args])),
  });
  const suite = (title, report, count, args, environment) => ({
    title,
    run: async () => {
      // A report of an earlier run is none of this one.
      if (existsSync(report)) rmSync(report);
      return count(report, await succeeds(node, args, environment));
    },
  });

  /** A stage that says in one line when, and why, it does not run. */
  const unless = (reasonNotTo, stage) => ({
    ...stage,
    run: async () => {
      const reason = await reasonNotTo();
      if (!reason) return stage.run();
      process.stdout.write(`Did not run: ${reason}\n`);
      return skipped;
    },
  });

  const launcherReport = join(reports, 'launcher.tap');
  const jestReport = join(reports, 'jest.json');
  const formula = (title, command) => {
    const report = join(reports, `formula-${command}.json`);
    return suite(title, report, bundles, [
      ...[yarn, 'formula', command],
      ...['--report', report],
    ]);
  };
  return [
    suite('launcher tests', launcherReport, nodeTest, [
      '--test',
      '--test-reporter=spec',
      '--test-reporter-destination=stdout',
      '--test-reporter=tap',
      `--test-reporter-destination=${launcherReport}`,
      'tools/**/*.test.mjs',
    ]),
    tool('formatting', 'prettier', '--check', '--loglevel', 'warn', '.'),
    tool('lint', 'backstage-cli', 'repo', 'lint'),
    tool('types', 'tsc', '--pretty', 'false'),
    {
      title: 'audit of dependencies',
      run: () => auditDependencies(toolchain),
    },
    check('secrets of a sandbox', () => makeCredentials(toolchain, reports)),
    ...configChecks(reports).map(({ title, check: work }) =>
      check(title, work),
    ),
    formula('formulas: bundles', 'validate'),
    suite('unit, integration and contract tests', jestReport, jest, [
      yarn,
      'backstage-cli',
      'repo',
      'test',
      '--watch=false',
      `--maxWorkers=${JEST_WORKERS}`,
      '--json',
      `--outputFile=${jestReport}`,
    ]),
    formula("formulas: skeletons' own tests", 'test'),
    {
      title: 'chaos: kills, restarts and failing services',
      run: async () => one(await succeeds(node, ['tools/chaos/chaos.mjs'])),
    },
    check('frontend build', () => buildFrontend(toolchain)),
    suite(
      'journeys in Chromium',
      join(root, 'packages/e2e/results/report.json'),
      playwright,
      [yarn, 'workspace', '@formulary/e2e', 'test'],
    ),
    suite(
      "journeys with Logto's stand-in",
      join(root, 'packages/e2e/results/logto/report.json'),
      playwright,
      [yarn, 'workspace', '@formulary/e2e', 'test:logto'],
    ),
    unless(
      ensureKeycloak,
      suite(
        'journeys with a real Keycloak',
        join(root, 'packages/e2e/results/keycloak/report.json'),
        playwright,
        [yarn, 'workspace', '@formulary/e2e', 'test:keycloak'],
        { FORMULARY_KEYCLOAK_HOME: keycloakHome },
      ),
    ),
  ];
}
