import { table } from '../launch/table.mjs';
import { median } from './report.mjs';

/** A formula's run may take so many times its bare calls … */
const RUN_FACTOR = 1.3;
/** … and so many milliseconds more. */
const RUN_EXTRA_MS = 1_000;
/** So many times faster than the stock action is ours. */
const REPOSITORY_FACTOR = 10;

const seconds = ms => `${(ms / 1000).toFixed(2)} s`;
const mark = kept => (kept ? 'kept' : 'BROKEN');

/** One row for each run, then median, least and most, in seconds. */
export function timesTable(first, columns) {
  const names = Object.keys(columns);
  const row = (name, pick) => [
    name,
    ...names.map(column => seconds(pick(columns[column]))),
  ];
  return table([
    [first, ...names],
    ...columns[names[0]].map((_, index) =>
      row(String(index + 1), times => times[index]),
    ),
    row('median', median),
    row('min', times => Math.min(...times)),
    row('max', times => Math.max(...times)),
  ]);
}

/** What the time goes into: the medians of named parts over all runs. */
export function partsTable(first, runs) {
  const parts = runs[0].map(([name], index) => [
    name,
    median(runs.map(run => run[index][1])),
  ]);
  return table([
    [first, 'median'],
    ...parts.map(([name, ms]) => [name, `${Math.round(ms)} ms`]),
  ]);
}

/** Milliseconds of named calls: all of them, and those of them that only wait. */
export function bareTimes(calls) {
  const sum = chosen => chosen.reduce((total, [, ms]) => total + ms, 0);
  return {
    sum: sum(calls),
    waiting: sum(calls.filter(([name]) => name.includes(': wait for '))),
  };
}

/**
 * Whether a formula's run keeps its limit, and that in words; all times in milliseconds.
 *
 * @param what - which time of the run this is
 */
export function runVerdict(what, runMs, bareMs) {
  const run = median(runMs);
  const bare = median(bareMs);
  const limit = RUN_FACTOR * bare + RUN_EXTRA_MS;
  const kept = run <= limit;
  return {
    kept,
    text: `${what}: ${seconds(run)}, bare calls ${seconds(bare)} (${(
      run / bare
    ).toFixed(2)} ×), limit ${RUN_FACTOR} × and 1 s, which is ${seconds(
      limit,
    )}: ${mark(kept)}`,
  };
}

/** Whether our action is as much faster than the stock one as it should be, and that in words. */
export function repositoryVerdict(oursMs, stockMs) {
  const factor = median(stockMs) / median(oursMs);
  const kept = factor >= REPOSITORY_FACTOR;
  return {
    kept,
    text: `gitea:create-repository: ${factor.toFixed(
      1,
    )} × faster than publish:gitea, limit ${REPOSITORY_FACTOR} ×: ${mark(
      kept,
    )}`,
  };
}
