import { z } from 'zod';
import { JobStore } from '../database/JobStore';

/** Name of the task that looks at the next page of persons. */
export const PLAN_TASK = 'reconcile';

/** Name of the task that mends the next chosen drifts. */
export const APPLY_TASK = 'reconcile-apply';

/** What the jobs of a reconciliation carry. */
export const reconcilePayloadSchema = z.object({ reconciliationId: z.uuid() });

/** Has a reconciliation gone on with. */
export async function addReconcileJob(
  jobs: JobStore,
  task: typeof PLAN_TASK | typeof APPLY_TASK,
  reconciliationId: string,
): Promise<void> {
  await jobs.add({
    task,
    payload: { reconciliationId },
    key: `${task}:${reconciliationId}`,
  });
}
