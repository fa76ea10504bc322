const SAMPLE_MS = 20;

/**
 * Does some work and measures it.
 *
 * @returns milliseconds; megabytes of memory at most, of the process and by how much it grew
 */
export async function measured(work) {
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  let peak = before;
  const sampler = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, SAMPLE_MS);
  const since = performance.now();
  await work();
  const ms = performance.now() - since;
  clearInterval(sampler);
  peak = Math.max(peak, process.memoryUsage.rss());
  return { ms, peak: peak / 2 ** 20, growth: (peak - before) / 2 ** 20 };
}
