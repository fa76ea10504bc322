const LIMIT_MS = 90_000;

/**
 * Asks until there is an answer.
 *
 * @param what - what is waited for, for people
 * @throws Error when it takes longer than 90 seconds
 */
export async function eventually<T>(
  what: string,
  ask: () => Promise<T | undefined | false>,
): Promise<T> {
  const deadline = Date.now() + LIMIT_MS;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > deadline) throw new Error(`Not within 90 s: ${what}`);
    await new Promise(done => {
      setTimeout(done, 200);
    });
  }
}
