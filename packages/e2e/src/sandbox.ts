import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { SandboxCredentials, ServiceName } from '@formulary/sandbox';
import { control } from './ports';

/** This package. */
export const packageDirectory = dirname(require.resolve('../package.json'));

/** What a run leaves behind: logs, screenshots, the report. */
export const resultsDirectory = resolve(packageDirectory, 'results');

/** State of the sandbox under test: outside the repository, where the system user of PostgreSQL can reach it. */
export const sandboxDirectory = join(tmpdir(), 'formulary-e2e-sandbox');

/** Addresses, people and secrets of what is under test, or of another sandbox. */
export function credentials(directory?: string): SandboxCredentials {
  const file =
    (!directory && process.env.FORMULARY_E2E_CREDENTIALS) ||
    join(directory ?? sandboxDirectory, 'credentials.json');
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** Makes a service fail from now on. */
export async function injectFaults(
  service: ServiceName,
  faults: Array<Record<string, unknown>>,
): Promise<void> {
  const response = await fetch(`${control}/faults/${service}`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(faults),
  });
  if (!response.ok) throw new Error(await response.text());
}

/** Lets a service work again. */
export async function clearFaults(service: ServiceName): Promise<void> {
  await fetch(`${control}/faults/${service}`, { method: 'DELETE' });
}
