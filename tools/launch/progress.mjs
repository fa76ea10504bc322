const terminal = process.stdout.isTTY;
const CLEAR_LINE = '\r\u001b[2K';

const rewrite = text =>
  process.stdout.write(`${terminal ? CLEAR_LINE : ''}${text}`);

/** Whole seconds since a moment. */
export const secondsSince = since => Math.round((Date.now() - since) / 1000);

/** Prints a line, also while a step is under way. */
export const note = text => rewrite(`${text}\n`);

/**
 * Shows that a step is under way and how long it has taken: a line that is
 * rewritten on a terminal, a line at the beginning and one at the end elsewhere.
 */
export async function step(title, work) {
  const since = Date.now();
  const line = mark => `  ${mark} ${title} (${secondsSince(since)} s)`;
  const timer = terminal && setInterval(() => rewrite(line('…')), 1000);
  rewrite(`  … ${title}${terminal ? '' : '\n'}`);
  try {
    const result = await work();
    note(line('✔'));
    return result;
  } catch (error) {
    note(line('✘'));
    throw error;
  } finally {
    clearInterval(timer);
  }
}
