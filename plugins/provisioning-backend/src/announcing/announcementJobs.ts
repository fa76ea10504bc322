import { z } from 'zod';
import { Job, JobStore } from '../database/JobStore';
import { Outbox } from '../database/Outbox';
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
  announcement: AnnouncementJob,
  delayMs?: number,
): Promise<void> {
  await jobs.add({ ...announcementJob(announcement), delayMs });
}

/**
 * Keeps, with the end of a run, the job that tells people about it: a process
 * that dies right after loses no announcement, and only one is kept however
 * many processes look on.
 *
 * @param tellAdmins - whether anybody is to hear of failures
 */
export function announcementOutbox(tellAdmins: boolean): Outbox {
  return end => {
    if (!isWorthTelling(end, tellAdmins)) return undefined;
    return {
      job: announcementJob({ runId: end.runId, attempt: 1 }),
      onlyFirst: end.kind === 'onboard' && end.state === 'succeeded',
    };
  };
}

function announcementJob({ attempt, ...of }: AnnouncementJob): Job {
  return {
    task: ANNOUNCEMENT_TASK,
    payload: { ...of, attempt: String(attempt) },
    key: `announcement:${'runId' in of ? of.runId : of.reconciliationId}`,
  };
}

function isWorthTelling(
  { state, kind }: RunChange & { type: 'run.ended' },
  tellAdmins: boolean,
): boolean {
  if (state === 'failed') return tellAdmins;
  return (
    state === 'succeeded' && ['onboard', 'suspend', 'restore'].includes(kind)
  );
}
