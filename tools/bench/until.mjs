import { setTimeout as delay } from 'node:timers/promises';
import { Problem } from '../launch/problem.mjs';

/**
 * Looks again and again until there is something to see.
 *
 * @param what - what is waited for, as a sentence without an end
 * @param look - returns what there is, or undefined while there is nothing
 * @throws Problem when there is nothing in time
 */
export async function until(
  what,
  look,
  { intervalMs = 100, limitMs = 60_000 } = {},
) {
  const deadline = performance.now() + limitMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > deadline) {
      throw new Problem(
        `It takes longer than ${limitMs / 1000} s until ${what}.`,
      );
    }
    await delay(intervalMs);
  }
}
