import { ServiceId } from '@formulary/plugin-provisioning-common';
import { z } from 'zod';
import { Job, JobStore } from '../database/JobStore';

/** What the job of a step carries. */
export const stepPayloadSchema = z.object({ stepId: z.uuid() });

/** Name of the task that carries out a service's steps. */
export function stepTask(service: ServiceId): string {
  return `step:${service}`;
}

/** A step as its job knows it. */
export interface StepToDo {
  id: string;
  service: ServiceId;
}

/** Has a step carried out, now or later. */
export async function addStepJob(
  jobs: JobStore,
  step: StepToDo,
  delayMs?: number,
): Promise<void> {
  await jobs.add({ ...stepJob(step), delayMs });
}

/** Has several steps carried out now. */
export async function addStepJobs(
  jobs: JobStore,
  steps: StepToDo[],
): Promise<void> {
  await jobs.add(...steps.map(stepJob));
}

function stepJob({ id, service }: StepToDo): Job {
  return {
    task: stepTask(service),
    payload: { stepId: id },
    key: `step:${id}`,
    // What has begun is done before more is begun.
    priority: -1,
  };
}
