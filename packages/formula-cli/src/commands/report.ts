import { writeFileSync } from 'node:fs';

/** What became of one bundle. */
export interface Outcome {
  /** Its folder, as the user named it. */
  bundle: string;
  passed: boolean;
}

/** Writes the outcomes as JSON where one is wanted, and makes the process fail when a bundle did. */
export function finish(outcomes: Outcome[], report: string | undefined) {
  if (report) writeFileSync(report, JSON.stringify({ bundles: outcomes }));
  if (outcomes.some(({ passed }) => !passed)) process.exitCode = 1;
}

/** A line of the output. */
export function print(line: string) {
  process.stdout.write(`${line}\n`);
}

/** A number of things: "1 bundle", "2 bundles". */
export function count(amount: number, thing: string): string {
  return `${amount} ${thing}${amount === 1 ? '' : 's'}`;
}
