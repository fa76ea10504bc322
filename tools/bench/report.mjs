import { readFileSync } from 'node:fs';
import { cpus, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { table } from '../launch/table.mjs';
import { root } from '../launch/paths.mjs';

/** The middle of some numbers; of an even count the mean of the two. */
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2
    ? sorted[middle]
    : (sorted[middle - 1] + sorted[middle]) / 2;
}

const versionOf = name =>
  JSON.parse(
    readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8'),
  ).version;

/**
 * What was measured on, with and against, a line each.
 *
 * @param baselines - what is compared to, as sentences without an end
 * @param tools - further programs and their versions
 */
export function circumstances(baselines, tools = []) {
  const { version } = JSON.parse(
    readFileSync(join(root, 'backstage.json'), 'utf8'),
  );
  const versions = [
    `Node.js ${process.versions.node}`,
    `Backstage ${version} (backend-defaults ${versionOf(
      '@backstage/backend-defaults',
    )}, frontend-defaults ${versionOf('@backstage/frontend-defaults')})`,
    ...tools,
  ];
  return [
    `Machine: ${cpus().length} × ${cpus()[0].model}, ${Math.round(
      totalmem() / 2 ** 30,
    )} GiB, ${platform()} ${release()}`,
    `Versions: ${versions.join(', ')}`,
    ...baselines.map(baseline => `Baseline ${baseline}`),
  ].join('\n');
}

const seconds = ms => `${(ms / 1000).toFixed(2)} s`;
const kilobytes = bytes => `${(bytes / 1000).toFixed(0)} kB`;

/** One row for each start, the medians last. */
export function startTable(oursMs, bareMs) {
  return table([
    ['start', 'formulary', 'bare'],
    ...oursMs.map((ms, index) => [
      String(index + 1),
      seconds(ms),
      seconds(bareMs[index]),
    ]),
    ['median', seconds(median(oursMs)), seconds(median(bareMs))],
  ]);
}

/** Scripts of the first page, by side. */
export function scriptTable(ours, bare) {
  const row = (name, { files, decoded, transferred }) => [
    name,
    String(files),
    kilobytes(decoded),
    kilobytes(transferred),
  ];
  return table([
    ['first page', 'scripts', 'decoded', 'transferred'],
    row('formulary', ours),
    row('bare', bare),
  ]);
}

/** A ratio against its limit, in words. */
export function verdict(what, ratio, limit) {
  return `${what}: ${ratio.toFixed(2)} × bare, limit ${limit.toFixed(2)}: ${
    ratio <= limit ? 'kept' : 'BROKEN'
  }`;
}
