import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { nodeArguments } from './children.mjs';
import { one, skipped } from './counts.mjs';
import { root } from './paths.mjs';
import { toolchainEnvironment } from './toolchain.mjs';

/**
 * Advisories that do not reach us: `id` (of GitHub), `why`, and `until`, the day
 * (`2027-01-31`) from which on they count again.
 */
const ALLOWED = new URL('audit-allowed.json', import.meta.url);

const LIMIT_MS = 120_000;

/** What Yarn says of each package with an advisory: a line of JSON (`yarn npm audit --json`). */
function advisoriesOf(output) {
  return output
    .split('\n')
    .filter(line => line.startsWith('{'))
    .map(line => JSON.parse(line))
    .map(({ value, children }) => ({
      package: value,
      versions: children['Tree Versions'].join(', '),
      id: children.URL.split('/').at(-1),
      issue: children.Issue,
      severity: children.Severity,
    }));
}

/**
 * What is to be said of an audit.
 *
 * @param audit - `passed` and `output` of Yarn
 * @param allowed - what `audit-allowed.json` holds
 * @param today - as `2026-12-31`
 * @returns `lines` for people, `passed`, and `ran`: no answer is no good news
 */
export function judge({ passed, output }, allowed, today) {
  const advisories = advisoriesOf(output);
  if (!passed && advisories.length === 0) {
    const reason =
      output.match(/Response Code: (.*)/)?.[1] ??
      output.match(/YN\d{4}: (.*)/)?.[1] ??
      'it does not answer';
    return {
      ran: false,
      passed: false,
      lines: [
        `Did not run: the package registry tells no advisories (${reason}). Nothing is known about the dependencies.`,
      ],
    };
  }
  const standing = allowed.filter(({ until }) => until > today);
  const isAllowed = ({ id }) => standing.some(entry => entry.id === id);
  const found = advisories.filter(advisory => !isAllowed(advisory));
  const needless = allowed.filter(
    ({ id }) => !advisories.some(advisory => advisory.id === id),
  );
  return {
    ran: true,
    passed: found.length === 0,
    lines: [
      ...found.map(
        ({ id, severity, issue, package: name, versions }) =>
          `${severity} ${id} in ${name} ${versions}: ${issue}. Update it, or say in audit-allowed.json why it does not reach us`,
      ),
      ...needless.map(
        ({ id }) => `${id} is in audit-allowed.json for nothing any more`,
      ),
      `${advisories.length} high or critical advisories, ${
        advisories.length - found.length
      } of them allowed`,
    ],
  };
}

/** Asks the registry for what production installs; Yarn fails when there is something. */
function askYarn({ node, yarn }) {
  const args = [
    ...[yarn, 'npm', 'audit', '--all', '--recursive', '--json'],
    ...['--environment', 'production'],
    ...['--severity', 'high', '--no-deprecations'],
  ];
  return new Promise(resolve => {
    execFile(
      node,
      nodeArguments(args),
      { cwd: root, env: toolchainEnvironment(), timeout: LIMIT_MS },
      (error, stdout, stderr) =>
        resolve({ passed: !error, output: `${stdout}\n${stderr}` }),
    );
  });
}

/** The stage of `npm test` that looks for known holes in what production installs. */
export async function auditDependencies(toolchain, ask = askYarn) {
  const allowed = JSON.parse(readFileSync(ALLOWED, 'utf8'));
  const today = new Date().toISOString().slice(0, 10);
  const { ran, passed, lines } = judge(await ask(toolchain), allowed, today);
  process.stdout.write(`${lines.join('\n')}\n`);
  return ran ? one(passed) : skipped;
}
