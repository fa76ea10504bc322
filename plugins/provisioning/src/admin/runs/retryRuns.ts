import type { ProvisioningApi } from '@formulary/plugin-provisioning-common';
import { messageOf } from '@formulary/failure-messages';
import type { RunsFilter } from './RunsFilter';

/** As many as the API lists at once. */
const PAGE = 100;

/** Runs that are asked for at the same time: fast for thousands, and no flood for the portal. */
const AT_ONCE = 4;

type ListPage = (page: { limit: number; offset: number }) => Promise<{
  items: { id?: string }[];
  totalItems: number;
}>;

async function idsOf(list: ListPage): Promise<Set<string>> {
  const ids = new Set<string>();
  for (let offset = 0; ; offset += PAGE) {
    const { items, totalItems } = await list({ limit: PAGE, offset });
    items.forEach(({ id }) => id && ids.add(id));
    if (offset + PAGE >= totalItems) return ids;
  }
}

/** Ids of the runs that have failed and are left to be retried. */
export function failedRuns(
  api: ProvisioningApi,
  filter: Pick<RunsFilter, 'kind' | 'service'>,
): Promise<Set<string>> {
  return idsOf(page =>
    api.getRuns({ ...filter, ...page, state: 'failed', latest: true }),
  );
}

/** Ids of the runs of a bulk job that have failed. */
export function failedRunsOfBulk(
  api: ProvisioningApi,
  jobId: string,
): Promise<Set<string>> {
  return idsOf(async page => {
    const { items, totalItems } = await api.getBulkLines(jobId, {
      ...page,
      state: 'failed',
    });
    return { items: items.map(({ runId }) => ({ id: runId })), totalItems };
  });
}

/**
 * Tries runs again.
 *
 * @param onProgress - told after each how many are done with
 * @returns how many are tried again, and why others are not
 */
export async function retryRuns(
  api: ProvisioningApi,
  ids: Set<string>,
  onProgress: (done: number) => void,
): Promise<{ retried: number; refusals: string[] }> {
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
      onProgress(retried + refusals.length);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return { retried, refusals };
}
