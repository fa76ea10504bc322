import { NotFoundError } from '@backstage/errors';
import { Run, ServiceId } from '@formulary/plugin-provisioning-common';
import { ProvisioningDatabase, Stores } from '../database/ProvisioningDatabase';
import { StoredRun } from '../database/RunStore';
import { StoredStep } from '../database/StepStore';
import { RetryPolicy } from './RetryPolicy';
import { addStepJobs } from './stepJobs';

/** Gives runs their steps and takes them away, within the transaction of whoever asks. */
export class RunSteps {
  constructor(private readonly retries: RetryPolicy) {}

  /** Has a run do its work in these services; one without any is done at once. */
  async add(
    stores: Stores,
    run: StoredRun,
    services: ServiceId[],
  ): Promise<void> {
    const steps = await stores.steps.add(
      run.id,
      services,
      this.retries.limits.deadlineMs,
    );
    await this.enqueue(stores, run, steps);
    if (steps.length > 0) return;
    const state = await stores.steps.outcomeOf(run.id);
    if (state) await stores.runs.finish(run.id, state);
  }

  /** Has what did not succeed done again; returns how many steps that are. */
  async reopen(stores: Stores, run: StoredRun): Promise<number> {
    const steps = await stores.steps.reopen(
      run.id,
      this.retries.limits.deadlineMs,
    );
    await stores.runs.reopen(run.id);
    await this.enqueue(stores, run, steps);
    return steps.length;
  }

  /** Ends a run: what has not begun is not done any more, what has begun is left to finish. */
  async cancel(
    stores: Stores,
    run: StoredRun,
    { actor, message }: { actor: string; message: string },
  ): Promise<void> {
    await stores.steps.cancelIdle(run.id);
    await stores.runs.finish(run.id, 'cancelled', message);
    await stores.events.add({
      type: 'run.cancelled',
      actor,
      personId: run.personId,
      runId: run.id,
      message,
    });
  }

  private async enqueue(stores: Stores, run: StoredRun, steps: StoredStep[]) {
    if (run.kind === 'onboard') {
      await stores.accounts.expect(
        run.personId,
        steps.map(({ service }) => service),
      );
    }
    // The steps of a rollback come one after the other: each begins the next.
    await addStepJobs(
      stores.jobs,
      run.kind === 'rollback' ? steps.slice(0, 1) : steps,
    );
  }
}

/**
 * A run that is known to be there.
 *
 * @throws NotFoundError when it is not
 */
export async function getRun(
  database: ProvisioningDatabase,
  runId: string,
): Promise<Run> {
  const run = await database.runs.find(runId);
  if (!run) throw unknownRun(runId);
  return run;
}

/** The same for a run that is not there and one that the caller may not see. */
export function unknownRun(runId: string): NotFoundError {
  return new NotFoundError(`There is no run ${runId}`);
}
