import type { ProvisioningApi } from '@formulary/plugin-provisioning-common';
import { messageOf } from '../../api/messageOf';
import type { RunsFilter } from './RunsFilter';

type Filter = Pick<RunsFilter, 'kind' | 'service'>;

/** As many as the API lists at once. */
const PAGE = 100;

/** Runs that are asked for at the same time: fast for thousands, and no flood for the portal. */
const AT_ONCE = 4;

async function failedRuns(
  api: ProvisioningApi,
  filter: Filter,
): Promise<Set<string>> {
  const ids = new Set<string>();
  for (let offset = 0; ; offset += PAGE) {
    const { items, totalItems } = await api.getRuns({
      ...filter,
      state: 'failed',
      latest: true,
      limit: PAGE,
      offset,
    });
    items.forEach(({ id }) => ids.add(id));
    if (offset + PAGE >= totalItems) return ids;
  }
}

/**
 * Tries every run again that has failed when it begins.
 *
 * @param onProgress - told after each how many are done with, and how many there are
 * @returns how many are tried again, and why others are not
 */
export async function retryRuns(
  api: ProvisioningApi,
  filter: Filter,
  onProgress: (done: number, all: number) => void,
): Promise<{ retried: number; refusals: string[] }> {
  const ids = await failedRuns(api, filter);
  const left = ids.values();
  const refusals: string[] = [];
  let retried = 0;
  const work = async () => {
    for (const id of left) {
      try {
        await api.retryRun(id);
        retried += 1;
      } catch (error) {
        refusals.push(messageOf(error));
      }
      onProgress(retried + refusals.length, ids.size);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return { retried, refusals };
}
