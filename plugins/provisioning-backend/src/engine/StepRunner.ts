import { LoggerService } from '@backstage/backend-plugin-api';
import { Person } from '@formulary/plugin-provisioning-common';
import {
  EnsureResult,
  ServiceConnector,
} from '@formulary/plugin-provisioning-node';
import { isServiceError } from '@formulary/service-client-node';
import { ProvisioningDatabase, Stores } from '../database/ProvisioningDatabase';
import { StoredStep } from '../database/RunStore';
import { callConnector } from './callConnector';
import { ConnectorRegistry } from './ConnectorRegistry';
import { RetryPolicy } from './RetryPolicy';
import { addStepJob } from './stepJobs';

interface StepInHand {
  step: StoredStep;
  personId: string;
  person: Person;
  /** The account as it was last observed, if there was one. */
  externalId?: string;
}

/**
 * Carries out steps, each attempt of one a job. What an attempt leads to, and
 * the job of the next one, are written in one transaction: a process that dies
 * at any moment leaves either the old state, which is tried again, or the new.
 */
export class StepRunner {
  constructor(
    private readonly database: ProvisioningDatabase,
    private readonly connectors: ConnectorRegistry,
    private readonly retries: RetryPolicy,
    private readonly logger: LoggerService,
  ) {}

  /** Makes one attempt of a step. A step that is done with is left alone. */
  async run(stepId: string, signal: AbortSignal): Promise<void> {
    const inHand = await this.begin(stepId);
    if (!inHand) return;
    const { step, person, externalId } = inHand;
    let connector: ServiceConnector;
    try {
      connector = this.connectors.get(step.service);
    } catch (error) {
      await this.fail(inHand, step.service, error);
      return;
    }
    try {
      const result = await callConnector(
        connector,
        options => connector.ensure(person, { ...options, externalId }),
        { signal, timeoutMs: this.retries.limits.attemptTimeoutMs },
      );
      await this.succeed(inHand, connector.title, result);
    } catch (error) {
      if (signal.aborted) await this.release(inHand);
      else await this.fail(inHand, connector.title, error);
    }
  }

  private async begin(stepId: string): Promise<StepInHand | undefined> {
    return this.database.transaction(async stores => {
      const run = await stores.runs.lockOfStep(stepId);
      const step = await stores.runs.beginStep(stepId);
      if (!step || !run) return undefined;
      const { person } = await stores.persons.get(run.personId);
      await stores.events.add({
        type: 'step.started',
        actor: 'provisioning',
        personId: run.personId,
        runId: step.runId,
        service: step.service,
        message: `Attempt ${step.attempts}`,
      });
      const account = await stores.accounts.find(run.personId, step.service);
      return {
        step,
        personId: run.personId,
        person,
        externalId: account?.externalId,
      };
    });
  }

  private async succeed(
    { step, personId }: StepInHand,
    title: string,
    { outcome, account }: EnsureResult,
  ): Promise<void> {
    await this.database.transaction(async stores => {
      await stores.runs.lock(step.runId);
      const before = await stores.accounts.find(personId, step.service);
      const done = await stores.runs.finishStep(step.id, {
        state: 'succeeded',
        outcome,
      });
      if (!done) return;
      await stores.accounts.observe(personId, {
        ...account,
        service: step.service,
      });
      await stores.events.add({
        type: 'step.succeeded',
        actor: 'provisioning',
        personId,
        runId: step.runId,
        service: step.service,
        message: `${title}: account ${account.username ?? ''} ${outcome}`,
        before,
        after: account,
      });
      await this.finishRun(stores, step.runId, personId);
    });
  }

  private async fail(
    { step, personId }: StepInHand,
    title: string,
    error: unknown,
  ): Promise<void> {
    const transient = isServiceError(error) && error.transient;
    const message = describe(title, error);
    if (!isServiceError(error)) {
      this.logger.error(
        `The ${step.service} connector failed in an unexpected way`,
        error instanceof Error ? error : { reason: String(error) },
      );
    }
    const delayMs = transient
      ? this.retries.nextDelay(step.attempts, step.deadline, error.retryAfterMs)
      : undefined;
    const event = {
      actor: 'provisioning',
      personId,
      runId: step.runId,
      service: step.service,
    };
    await this.database.transaction(async stores => {
      await stores.runs.lock(step.runId);
      await stores.accounts.complain(personId, step.service, {
        state: delayMs === undefined ? 'failed' : 'pending',
        message,
        keepWorking: transient,
      });
      if (delayMs !== undefined) {
        await stores.runs.postponeStep(step.id, { message, delayMs });
        await addStepJob(stores.jobs, step, delayMs);
        await stores.events.add({
          ...event,
          type: 'step.waiting',
          message: `${message}. Trying again in ${Math.ceil(delayMs / 1000)} s`,
        });
        return;
      }
      const done = await stores.runs.finishStep(step.id, {
        state: 'failed',
        message,
      });
      if (!done) return;
      await stores.events.add({ ...event, type: 'step.failed', message });
      await this.finishRun(stores, step.runId, personId);
    });
  }

  /** Hands a step back when this process stops in the middle of it. */
  private async release({ step, personId }: StepInHand): Promise<void> {
    await this.database.transaction(async stores => {
      await stores.runs.lock(step.runId);
      await stores.runs.releaseStep(step.id);
      await addStepJob(stores.jobs, step);
      await stores.events.add({
        type: 'step.interrupted',
        actor: 'provisioning',
        personId,
        runId: step.runId,
        service: step.service,
        message: 'The portal was stopped; the step goes on when it is back',
      });
    });
  }

  private async finishRun(stores: Stores, runId: string, personId: string) {
    const state = await stores.runs.finishWhenDone(runId);
    if (!state) return;
    await stores.events.add({
      type: `run.${state}`,
      actor: 'provisioning',
      personId,
      runId,
      message:
        state === 'succeeded'
          ? 'All accounts are ready'
          : 'Some accounts could not be prepared',
    });
  }
}

function describe(title: string, error: unknown): string {
  if (error instanceof Error) {
    return isServiceError(error) || error.name === 'NotFoundError'
      ? error.message
      : `${title} could not be prepared: ${error.message}`;
  }
  return `${title} could not be prepared`;
}
