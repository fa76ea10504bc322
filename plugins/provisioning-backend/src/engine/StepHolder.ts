import { ServiceConnector } from '@formulary/plugin-provisioning-node';
import { Stores } from '../database/ProvisioningDatabase';
import { StepOwner } from '../database/StepStore';
import { finishRun } from './finishRun';
import { OpenCircuit, ServiceCircuit } from './ServiceCircuit';
import { addStepJob } from './stepJobs';

/** Lets steps wait whose service counts as away. That costs them no attempt, but they wait no longer than their deadline. */
export class StepHolder {
  constructor(
    private readonly clock: { now(): number; random(): number } = {
      now: Date.now,
      random: Math.random,
    },
  ) {}

  /** Whether the step was held back; its run is locked by then. */
  async hold(
    stores: Stores,
    stepId: string,
    { runId, personId, kind, service }: StepOwner,
    connector: ServiceConnector,
    circuit: ServiceCircuit,
  ): Promise<boolean> {
    const holdMs = circuit.holdMs();
    const step =
      holdMs === undefined ? undefined : await stores.steps.findOpen(stepId);
    if (!step || holdMs === undefined || !circuit.open) return false;
    const now = this.clock.now();
    const left = step.deadline - now;
    const event = { actor: 'provisioning', personId, runId, service };
    if (left <= 0) {
      // Not the last error: it is about whoever was tried last, and none of this person's business.
      const message = `${silence(
        connector,
        circuit.open,
        now,
      )}. Try again once it is back`;
      await stores.steps.fail(stepId, message);
      await stores.accounts.complain(personId, service, {
        state: 'failed',
        message,
        keepWorking: true,
      });
      await stores.events.add({ ...event, type: 'step.failed', message });
      await finishRun(stores, { kind, personId, runId });
      return true;
    }
    // Jitter: one comes first and tries, instead of all at once.
    const delayMs = Math.min(
      left,
      Math.ceil(holdMs * (1 + 0.25 * this.clock.random())),
    );
    // Pages show the time of the next try in the reader's own time zone.
    const message = silence(connector, circuit.open, now);
    await stores.steps.postpone(stepId, { message, delayMs });
    await stores.accounts.complain(personId, service, {
      state: 'pending',
      message,
      keepWorking: true,
    });
    await addStepJob(stores.jobs, { id: stepId, service }, delayMs);
    // One that goes on waiting has not changed.
    if (step.state !== 'waiting') {
      await stores.events.add({
        ...event,
        type: 'step.waiting',
        message: `${message}; trying again at ${timeOf(now + delayMs)}`,
      });
    }
    return true;
  }
}

function silence(
  { title }: ServiceConnector,
  { failingSince }: OpenCircuit,
  now: number,
): string {
  const seconds = Math.max(1, Math.round((now - failingSince) / 1000));
  return `${title} has not answered for ${
    seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`
  }`;
}

function timeOf(ms: number): string {
  return `${new Date(ms).toISOString().slice(11, 19)} UTC`;
}
