import { z } from 'zod';
import { Job, JobStore } from '../database/JobStore';
import { Outbox } from '../database/Outbox';
import { RunChange } from '../observing/RunChange';

/** Name of the task that tells people what came of a run. */
export const ANNOUNCEMENT_TASK = 'announcement';

/** What its job carries. */
export const announcementPayloadSchema = z.object({
  runId: z.uuid(),
  attempt: z.coerce.number().int().positive(),
});

/** Has people told what came of a run, now or later. */
export async function addAnnouncementJob(
  jobs: JobStore,
  announcement: Announcement,
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

interface Announcement {
  runId: string;
  attempt: number;
}

function announcementJob({ runId, attempt }: Announcement): Job {
  return {
    task: ANNOUNCEMENT_TASK,
    payload: { runId, attempt: String(attempt) },
    key: `announcement:${runId}`,
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
