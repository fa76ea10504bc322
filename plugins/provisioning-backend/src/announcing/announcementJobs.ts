import { z } from 'zod';
import { JobStore } from '../database/JobStore';
import { Outbox, Stores } from '../database/ProvisioningDatabase';
import { RunChange } from '../observing/RunChange';

/** Name of the task that tells people what came of a run or a reconciliation. */
export const ANNOUNCEMENT_TASK = 'announcement';

/** What its job carries. */
export const announcementPayloadSchema = z.union([
  z.object({ runId: z.uuid(), attempt: z.coerce.number().int().positive() }),
  z.object({
    reconciliationId: z.uuid(),
    attempt: z.coerce.number().int().positive(),
  }),
]);

/** What is told, and for which time it is tried. */
export type AnnouncementJob = z.infer<typeof announcementPayloadSchema>;

/** Has people told what came of a run or a reconciliation, now or later. */
export async function addAnnouncementJob(
  jobs: JobStore,
  { attempt, ...of }: AnnouncementJob,
  delayMs?: number,
): Promise<void> {
  await jobs.add({
    task: ANNOUNCEMENT_TASK,
    payload: { ...of, attempt: String(attempt) },
    key: `announcement:${'runId' in of ? of.runId : of.reconciliationId}`,
    delayMs,
  });
}

/**
 * Keeps, with the end of a run, the job that tells people about it: a process
 * that dies right after loses no announcement, and only one is kept however
 * many processes look on.
 *
 * @param tellAdmins - whether anybody is to hear of failures
 */
export function announcementOutbox(tellAdmins: boolean): Outbox {
  return async (stores, change) => {
    if (
      change.type === 'run.ended' &&
      (await isWorthTelling(stores, change, tellAdmins))
    ) {
      await addAnnouncementJob(stores.jobs, {
        runId: change.runId,
        attempt: 1,
      });
    }
  };
}

async function isWorthTelling(
  stores: Stores,
  change: RunChange & { type: 'run.ended' },
  tellAdmins: boolean,
): Promise<boolean> {
  if (change.state === 'failed') return tellAdmins;
  if (change.state !== 'succeeded') return false;
  if (change.kind === 'onboard') {
    return !(await stores.runs.hasPrepared(change.personId, change.runId));
  }
  return change.kind === 'suspend' || change.kind === 'restore';
}
