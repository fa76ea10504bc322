import { existsSync, readFileSync } from 'node:fs';

/** Counts of a check that is one thing: it holds or it does not. */
export const one = passed => ({
  passed: passed ? 1 : 0,
  failed: passed ? 0 : 1,
  skipped: 0,
});

/** Counts of a stage that this machine can't run. */
export const skipped = { passed: 0, failed: 0, skipped: 1 };

/** Counts of several stages together. */
export const sum = all =>
  all.reduce((total, { passed, failed, skipped }) => ({
    passed: total.passed + passed,
    failed: total.failed + failed,
    skipped: total.skipped + skipped,
  }));

/** The last line of `npm test`. */
export const totalLine = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`;

/** A runner that failed without saying which test did counts as one failure. */
function atLeastOneFailure(counts, passed) {
  return passed || counts.failed > 0 ? counts : { ...counts, failed: 1 };
}

/** Reads a report, if the runner came as far as writing it. */
function read(file, parse, passed) {
  return existsSync(file)
    ? atLeastOneFailure(parse(readFileSync(file, 'utf8')), passed)
    : one(false);
}

/** Counts of a report of `node --test` in the TAP format. */
export function nodeTest(file, passed) {
  const count = (text, name) =>
    Number(text.match(new RegExp(`^# ${name} (\\d+)`, 'm'))?.[1] ?? 0);
  return read(
    file,
    text => ({
      passed: count(text, 'pass'),
      failed: count(text, 'fail') + count(text, 'cancelled'),
      skipped: count(text, 'skipped') + count(text, 'todo'),
    }),
    passed,
  );
}

/** Counts of a report of Jest in the JSON format. */
export function jest(file, passed) {
  return read(
    file,
    text => {
      const report = JSON.parse(text);
      return {
        passed: report.numPassedTests,
        failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
        skipped: report.numPendingTests + report.numTodoTests,
      };
    },
    passed,
  );
}

/** Counts of a report of Playwright in the JSON format. */
export function playwright(file, passed) {
  return read(
    file,
    text => {
      const { stats, errors } = JSON.parse(text);
      return {
        passed: stats.expected + stats.flaky,
        failed: stats.unexpected + errors.length,
        skipped: stats.skipped,
      };
    },
    passed,
  );
}

/** Counts of a report of `formula`: one for each bundle. */
export function bundles(file, passed) {
  return read(
    file,
    text => {
      const { bundles: outcomes } = JSON.parse(text);
      const good = outcomes.filter(outcome => outcome.passed).length;
      return { passed: good, failed: outcomes.length - good, skipped: 0 };
    },
    passed,
  );
}
