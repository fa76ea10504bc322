import { test } from '@playwright/test';

/** Within how much time the portal follows the identity provider, in milliseconds. */
export const FOLLOWS_MS = 5_000;

/** How long some work takes, in milliseconds; told in the report under a name. */
export async function timeOf(
  name: string,
  work: () => Promise<void>,
): Promise<number> {
  const since = performance.now();
  await work();
  const ms = Math.round(performance.now() - since);
  test.info().annotations.push({ type: name, description: `${ms} ms` });
  return ms;
}
