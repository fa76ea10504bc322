import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { interrupted } from '../children.mjs';
import { one, sum, totalLine } from '../counts.mjs';
import { table } from '../table.mjs';
import { prepare } from '../prepare.mjs';
import { Problem } from '../problem.mjs';
import { secondsSince } from '../progress.mjs';
import { stages } from '../stages.mjs';

/** Runs a stage; whatever it throws is its failure and not the end of the others. */
async function outcomeOf({ title, run: work }) {
  process.stdout.write(`\n== ${title}\n`);
  const since = Date.now();
  let counts;
  try {
    counts = await work();
  } catch (error) {
    process.stdout.write(
      `${error instanceof Problem ? error.message : error.stack}\n`,
    );
    counts = one(false);
  }
  return { title, counts, seconds: secondsSince(since) };
}

/** `npm test`: every check there is, each of them even when an earlier one failed, and a last line that counts. */
export async function run() {
  const reports = mkdtempSync(join(tmpdir(), 'formulary-test-'));
  const outcomes = [];
  let toolchain;
  outcomes.push(
    await outcomeOf({
      title: 'installation',
      run: async () => {
        toolchain = await prepare();
        return one(true);
      },
    }),
  );
  if (toolchain) {
    for (const stage of stages(toolchain, reports)) {
      if (interrupted.aborted) break;
      outcomes.push(await outcomeOf(stage));
    }
  }
  rmSync(reports, { recursive: true });

  const rows = outcomes.map(({ title, counts, seconds }) =>
    [title, counts.passed, counts.failed, counts.skipped, seconds].map(String),
  );
  const total = sum(outcomes.map(({ counts }) => counts));
  process.stdout.write(
    `\n${table([
      ['stage', 'passed', 'failed', 'skipped', 'seconds'],
      ...rows,
    ])}\n\n${totalLine(total)}\n`,
  );
  return total.failed > 0 ? 1 : 0;
}
