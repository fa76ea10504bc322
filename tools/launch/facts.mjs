import { table } from './table.mjs';

const SIGNS = { passed: 'proved', failed: 'NOT TRUE' };

/** What a suite runs against: the address that the environment names, without a password in it, or the sandbox. */
export function targetOf(service, environment) {
  const url = environment[`FORMULARY_CONTRACT_${service.toUpperCase()}_URL`];
  if (!url) return 'the sandbox';
  const { origin, pathname } = new URL(url);
  return origin + pathname.replace(/\/$/, '');
}

/** Rows of one suite: whether the fact holds, the fact, and where it was read. */
function rowsOf({ assertionResults }) {
  return assertionResults
    .filter(({ status }) => status in SIGNS)
    .map(({ status, ancestorTitles, title }) => {
      const [, fact, source = ''] = title.match(/^(.*?)(?: \(([^()]*)\))?$/s);
      return [
        SIGNS[status],
        [...ancestorTitles.slice(1), fact].join(' › '),
        source,
      ];
    });
}

/**
 * What Jest's JSON report of the contract suites says, for people: for each
 * service its target, and every fact with its source.
 */
export function factsOf(report, environment) {
  const suites = report.testResults
    .map(suite => ({
      suite,
      service: suite.name.match(/([a-z]+)\.contract\.test\.ts$/)?.[1],
    }))
    .filter(({ service }) => service)
    .sort((one, other) => one.service.localeCompare(other.service));
  const parts = suites.map(({ suite, service }) => {
    const rows = rowsOf(suite);
    const proved = rows.filter(([sign]) => sign === SIGNS.passed).length;
    const left = suite.assertionResults.length - rows.length;
    const title = `${service}, against ${targetOf(
      service,
      environment,
    )}: ${proved} facts proved, ${
      rows.length - proved
    } not true, ${left} not tried`;
    return rows.length === 0
      ? title
      : `${title}\n\n${table([['', 'fact', 'source'], ...rows])}`;
  });
  return parts.join('\n\n');
}
