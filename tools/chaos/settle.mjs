import { setTimeout as delay } from 'node:timers/promises';
import { Problem } from '../launch/problem.mjs';

const LIMIT_MS = 240_000;

/** Time for a job that becomes due once everything is settled: news of a failure waits for minutes. */
const LATE_MS = 30_000;

/** Between two looks at somebody for whom nothing is under way. */
const LOOK_MS = 1_000;

/**
 * Waits until nothing is left to be done and everybody's newest run has
 * succeeded. Whose events nobody heard, because the portal was dead, is told of
 * again, as a reconciliation would.
 *
 * @returns how many were told of again
 * @throws Problem when something is stuck
 */
export async function settle({ replica, persons, database }) {
  const deadline = Date.now() + LIMIT_MS;
  let told = 0;
  for (;;) {
    const left = await database.unfinished();
    if (isNothing(left)) {
      const runs = await database.latestRuns();
      const unheard = persons.all.filter(({ subject }) => {
        const run = runs.get(subject);
        // Refused: seen before they belonged to an organisation.
        return !run || (run.state === 'failed' && run.steps === 0);
      });
      if (unheard.length === 0) return told;
      for (const person of unheard) await persons.tell(replica, person);
      told += unheard.length;
    }
    if (Date.now() > deadline) {
      const jobs = (await database.jobs()).map(job => JSON.stringify(job));
      throw new Problem(
        `Something is stuck after ${LIMIT_MS / 1000} s: ${JSON.stringify(
          left,
        )}. Jobs:\n${jobs.join('\n')}`,
      );
    }
    await delay(LOOK_MS);
  }
}

/** What is left once everything is settled: what has just become due is given time to be done. */
export async function lastlyLeft(database, lookMs = LOOK_MS) {
  const deadline = Date.now() + LATE_MS;
  for (;;) {
    const left = await database.unfinished();
    if (isNothing(left) || Date.now() > deadline) return left;
    await delay(lookMs);
  }
}

function isNothing(left) {
  return Object.values(left).every(count => count === 0);
}
