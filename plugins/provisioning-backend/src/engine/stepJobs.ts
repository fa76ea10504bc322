import { ServiceId } from '@formulary/plugin-provisioning-common';
import { z } from 'zod';
import { JobStore } from '../database/JobStore';

/** What the job of a step carries. */
export const stepPayloadSchema = z.object({ stepId: z.uuid() });

/** Name of the task that carries out a service's steps. */
export function stepTask(service: ServiceId): string {
  return `step:${service}`;
}

/** Has a step carried out, now or later. */
export async function addStepJob(
  jobs: JobStore,
  step: { id: string; service: ServiceId },
  delayMs?: number,
): Promise<void> {
  await jobs.add({
    task: stepTask(step.service),
    payload: { stepId: step.id },
    key: `step:${step.id}`,
    delayMs,
  });
}
