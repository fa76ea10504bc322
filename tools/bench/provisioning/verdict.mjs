import { table } from '../../launch/table.mjs';

/** A share of sorted or unsorted numbers is at most this: `percentile([…], 0.95)`. */
export function percentile(numbers, share) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
}

/**
 * A measured number beside what it is compared to.
 *
 * @param limit - `{ atMost }` or `{ atLeast }` of the ratio or, with `of: 'measured'`, of the number itself; left out where there is none
 */
export function verdict({ what, measured, baseline, unit, limit, of }) {
  const ratio = baseline === undefined ? undefined : measured / baseline;
  const judged = of === 'measured' ? measured : ratio;
  const held =
    limit === undefined ||
    (limit.atMost === undefined
      ? judged >= limit.atLeast
      : judged <= limit.atMost);
  return { what, measured, baseline, unit, ratio, limit, of, held };
}

const number = value =>
  value === undefined
    ? '–'
    : value.toFixed(Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0);

function limitText({ limit, of, unit }) {
  if (!limit) return 'none';
  const [sign, value] =
    limit.atMost === undefined ? ['≥', limit.atLeast] : ['≤', limit.atMost];
  return `${sign} ${value} ${of === 'measured' ? unit : '×'}`;
}

function heldText({ limit, held }) {
  if (!limit) return '';
  return held ? 'held' : 'BROKEN';
}

/** One row for each verdict. */
export function verdictTable(verdicts) {
  return table([
    ['what', 'measured', 'baseline', 'ratio', 'limit', ''],
    ...verdicts.map(verdict => [
      verdict.what,
      `${number(verdict.measured)} ${verdict.unit}`,
      verdict.baseline === undefined
        ? '–'
        : `${number(verdict.baseline)} ${verdict.unit}`,
      verdict.ratio === undefined ? '–' : `${verdict.ratio.toFixed(2)} ×`,
      limitText(verdict),
      heldText(verdict),
    ]),
  ]);
}
