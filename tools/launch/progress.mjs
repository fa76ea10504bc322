const terminal = process.stdout.isTTY;
const seconds = since => `${Math.round((Date.now() - since) / 1000)} s`;

/**
 * Shows that a step is under way and how long it has taken: a line that is
 * rewritten on a terminal, a line at the beginning and the end elsewhere.
 */
export async function step(title, work) {
  const since = Date.now();
  const timer =
    terminal &&
    setInterval(
      () => process.stdout.write(`\r  … ${title} (${seconds(since)})`),
      1000,
    );
  process.stdout.write(terminal ? `  … ${title}` : `  … ${title}\n`);
  try {
    const result = await work();
    clearInterval(timer);
    process.stdout.write(
      `${terminal ? '\r' : ''}  ✔ ${title} (${seconds(since)})\n`,
    );
    return result;
  } catch (error) {
    clearInterval(timer);
    process.stdout.write(
      `${terminal ? '\r' : ''}  ✘ ${title} (${seconds(since)})\n`,
    );
    throw error;
  }
}
