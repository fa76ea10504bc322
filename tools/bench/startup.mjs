import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// The launcher's modules read this when they are loaded. The folder lies
// outside the repository, where the system user of PostgreSQL can reach it.
const folder = mkdtempSync(join(tmpdir(), 'formulary-bench-'));
process.env.FORMULARY_SANDBOX = folder;
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

const { launch } = await import('../launch/launch.mjs');
await launch(() => import('./startupRatios.mjs'));
