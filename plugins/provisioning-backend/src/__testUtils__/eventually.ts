import { setTimeout as delay } from 'node:timers/promises';

/** Asks until the answer is there, for at most 15 seconds. */
export async function eventually<T>(
  ask: () => Promise<T | undefined | false>,
): Promise<T> {
  const end = Date.now() + 15_000;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > end) throw new Error('It did not happen in 15 s');
    await delay(20);
  }
}
