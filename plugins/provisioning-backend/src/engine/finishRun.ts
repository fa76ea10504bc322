import { RunKind } from '@formulary/plugin-provisioning-common';
import { Stores } from '../database/ProvisioningDatabase';
import { addStepJob } from './stepJobs';
import { RUN_ENDED } from './stepWork';

/** Ends a run whose last step is done with, and begins the next step of a rollback. */
export async function finishRun(
  stores: Stores,
  { runId, kind, personId }: { runId: string; kind: RunKind; personId: string },
): Promise<void> {
  const run = await stores.runs.lock(runId);
  const state = await stores.steps.outcomeOf(runId);
  // One that was cancelled stays so, whatever its last step came to.
  if (run?.state !== 'running') return;
  if (!state) {
    // The steps of a rollback come one after the other, whatever became of the one before.
    const next = kind === 'rollback' && (await stores.steps.nextPending(runId));
    if (next) await addStepJob(stores.jobs, next);
    return;
  }
  await stores.runs.finish(runId, state);
  await stores.events.add({
    type: `run.${state}`,
    actor: 'provisioning',
    personId,
    runId,
    message: RUN_ENDED[kind][state],
  });
}
