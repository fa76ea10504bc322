const terminal = process.stdout.isTTY;

/** Whole seconds since a moment. */
export const secondsSince = since => Math.round((Date.now() - since) / 1000);

/**
 * Shows that a step is under way and how long it has taken: a line that is
 * rewritten on a terminal, a line at the beginning and one at the end elsewhere.
 */
export async function step(title, work) {
  const since = Date.now();
  const show = (mark, end) =>
    process.stdout.write(
      `${terminal ? '\r' : ''}  ${mark} ${title} (${secondsSince(
        since,
      )} s)${end}`,
    );
  const timer = terminal && setInterval(() => show('…', ''), 1000);
  process.stdout.write(`  … ${title}${terminal ? '' : '\n'}`);
  try {
    const result = await work();
    show('✔', '\n');
    return result;
  } catch (error) {
    show('✘', '\n');
    throw error;
  } finally {
    clearInterval(timer);
  }
}
