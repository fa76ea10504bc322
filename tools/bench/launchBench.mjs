import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Runs a benchmark with a sandbox folder of its own, which is gone afterwards.
 * It lies outside the repository, where the system user of PostgreSQL can reach it.
 *
 * @param load - imports the benchmark; loaded late, because the launcher's
 *   modules read the folder when they are loaded
 */
export async function launchBench(load) {
  const folder = mkdtempSync(join(tmpdir(), 'formulary-bench-'));
  process.env.FORMULARY_SANDBOX = folder;
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const { launch } = await import('../launch/launch.mjs');
  await launch(load);
}
