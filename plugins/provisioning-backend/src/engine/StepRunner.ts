import { LoggerService } from '@backstage/backend-plugin-api';
import { RunKind } from '@formulary/plugin-provisioning-common';
import {
  ConnectorCallOptions,
  ObservedAccount,
  ServiceConnector,
} from '@formulary/plugin-provisioning-node';
import { isServiceError, ServiceError } from '@formulary/service-client-node';
import { EntitlementKeeper } from '../defaults/EntitlementKeeper';
import { ProvisioningDatabase, Stores } from '../database/ProvisioningDatabase';
import { StoredStep } from '../database/StepStore';
import { callConnector } from './callConnector';
import { ConnectorRegistry } from './ConnectorRegistry';
import { finishRun } from './finishRun';
import { mayPass } from './mayPass';
import { RetryPolicy } from './RetryPolicy';
import { isHeldBack } from './ServiceCircuit';
import { ServiceCircuits } from './ServiceCircuits';
import { StepHolder } from './StepHolder';
import { attemptEnded, StepInHand } from './StepInHand';
import { addStepJob, StepToDo } from './stepJobs';
import { RUN_ENDED, STEP_VERB, STEP_WORK, StepResult } from './stepWork';

/** Until a step looks again whether another run has let go of the account. */
const CONTENDED_DELAY_MS = 500;

/**
 * Carries out steps, each attempt of one a job. What an attempt leads to, and
 * the job of the next one, are written in one transaction: a process that dies
 * at any moment leaves either the old state, which is tried again, or the new.
 */
export class StepRunner {
  private readonly holder = new StepHolder();

  constructor(
    private readonly database: ProvisioningDatabase,
    private readonly connectors: ConnectorRegistry,
    private readonly entitlements: EntitlementKeeper,
    private readonly retries: RetryPolicy,
    private readonly circuits: ServiceCircuits,
    private readonly logger: LoggerService,
  ) {}

  /** Makes one attempt of a step. A step that is done with is left alone. */
  async run(toDo: StepToDo, signal: AbortSignal): Promise<void> {
    if (await this.isHeld(toDo)) return;
    const inHand = await this.begin(toDo);
    if (!inHand) return;
    const { step, kind, person, known, given } = inHand;
    let connector: ServiceConnector;
    try {
      connector = this.connectors.get(step.service);
    } catch (error) {
      await this.fail(inHand, step.service, error);
      return;
    }
    const circuit = this.circuits.of(step.service);
    const call = <T>(work: (options: ConnectorCallOptions) => Promise<T>) =>
      circuit.call(() =>
        callConnector(connector, work, {
          signal,
          timeoutMs: this.retries.limits.attemptTimeoutMs,
        }),
      );
    let result: StepResult;
    try {
      result = await call(options =>
        STEP_WORK[kind](connector, person, options, known),
      );
    } catch (error) {
      await this.giveUp(inHand, connector.title, error, signal);
      return;
    }
    // Not within the `try`: when the database is away, the service has not failed. The queue tries the job again.
    const { account } = result;
    if (account.state === 'active') {
      const { changes, failure } = await this.entitlements.settle(
        {
          runId: step.runId,
          personId: inHand.personId,
          person,
          connector,
          account,
          recorded: given,
        },
        call,
      );
      if (failure !== undefined) {
        await this.giveUp(inHand, connector.title, failure, signal, account);
        return;
      }
      if (changes > 0 && result.outcome === 'unchanged') {
        result = { outcome: 'updated', account };
      }
    }
    await this.succeed(inHand, connector.title, result);
  }

  /** Ends an attempt that was cut off, held back or failed. */
  private async giveUp(
    inHand: StepInHand,
    title: string,
    error: unknown,
    signal: AbortSignal,
    account?: ObservedAccount,
  ): Promise<void> {
    if (signal.aborted) {
      await this.release(
        inHand,
        'The portal was stopped; the step goes on when it is back',
      );
    } else if (isHeldBack(error)) {
      await this.release(
        inHand,
        `${title} was found to be away just now; the step waits`,
      );
    } else await this.fail(inHand, title, error, account);
  }

  /** Whether the step waits for a service that is away. */
  private async isHeld({ id, service }: StepToDo): Promise<boolean> {
    const connector = this.connectors.find(service);
    const circuit = this.circuits.of(service);
    if (!connector || circuit.holdMs() === undefined) return false;
    return this.database.transaction(async stores => {
      const owner = await stores.steps.lockOwner(id);
      if (!owner || owner.runState === 'cancelled') return false;
      return this.holder.hold(stores, id, owner, connector, circuit);
    });
  }

  private async begin(toDo: StepToDo): Promise<StepInHand | undefined> {
    const attempt = await this.database.single(({ attempts }) =>
      attempts.begin(toDo.id),
    );
    if (attempt === 'contended') {
      await addStepJob(this.database.jobs, toDo, CONTENDED_DELAY_MS);
      return undefined;
    }
    return attempt && { ...attempt, began: performance.now() };
  }

  private async succeed(
    inHand: StepInHand,
    title: string,
    { outcome, account }: StepResult,
  ): Promise<void> {
    const { step, kind, personId } = inHand;
    const write = async (stores: Stores) => {
      const done = await stores.attempts.succeed(inHand, {
        outcome,
        account: { ...account, service: step.service },
        message: `${title}: account ${account.username ?? ''} ${outcome}`,
        change: attemptEnded(inHand, { result: 'succeeded', outcome }),
        runEnded: RUN_ENDED[kind],
      });
      if (done && kind === 'rollback') {
        await finishRun(stores, { kind, personId, runId: step.runId });
      }
    };
    // The job of a rollback's next step must be there if this one is done.
    await (kind === 'rollback'
      ? this.database.transaction(write)
      : this.database.single(write));
  }

  /** @param account - the account, when only something besides it could not be given */
  private async fail(
    inHand: StepInHand,
    title: string,
    error: unknown,
    account?: ObservedAccount,
  ): Promise<void> {
    const { step, kind, personId } = inHand;
    const change = attemptEnded(inHand, {
      result: 'failed',
      errorKind: isServiceError(error) ? error.kind : 'unexpected',
    });
    const transient = mayPass(error);
    const message = describe(title, kind, error);
    if (!isServiceError(error)) {
      this.logger.error(
        `The ${step.service} connector failed in an unexpected way`,
        error instanceof Error ? error : { reason: String(error) },
      );
    }
    const delayMs = transient ? this.delayAfter(step, error) : undefined;
    const event = {
      actor: 'provisioning',
      personId,
      runId: step.runId,
      service: step.service,
    };
    await this.database.transaction(async stores => {
      const run = await stores.runs.lock(step.runId);
      if (account) await stores.accounts.observe(personId, account);
      await stores.accounts.complain(personId, step.service, {
        state: delayMs === undefined ? 'failed' : 'pending',
        message,
        // Of an account that could not be blocked it is only known that it was there.
        keepWorking: transient || kind !== 'onboard' || account !== undefined,
      });
      if (delayMs !== undefined && run?.state === 'running') {
        await stores.steps.postpone(step.id, { message, delayMs });
        stores.note({ ...change, result: 'waiting' });
        await addStepJob(stores.jobs, step, delayMs);
        await stores.events.add({
          ...event,
          type: 'step.waiting',
          message: `${message}. Trying again in ${Math.ceil(delayMs / 1000)} s`,
        });
        return;
      }
      const done = await stores.steps.fail(step.id, message);
      if (!done) return;
      stores.note(change);
      await stores.events.add({ ...event, type: 'step.failed', message });
      await finishRun(stores, { kind, personId, runId: step.runId });
    });
  }

  private delayAfter(step: StoredStep, error: ServiceError) {
    const holdMs = this.circuits.of(step.service).holdMs();
    return holdMs === undefined
      ? this.retries.nextDelay(step.attempts, step.deadline, error.retryAfterMs)
      : this.retries.holdDelay(
          Math.max(holdMs, error.retryAfterMs ?? 0),
          step.deadline,
        );
  }

  /** Hands a step back whose attempt does not count, such as when this process stops in the middle of it. */
  private async release(inHand: StepInHand, message: string): Promise<void> {
    const { step, personId } = inHand;
    const change = attemptEnded(inHand, { result: 'interrupted' });
    await this.database.transaction(async stores => {
      await stores.runs.lock(step.runId);
      await stores.steps.release(step.id);
      stores.note(change);
      await addStepJob(stores.jobs, step);
      await stores.events.add({
        type: 'step.interrupted',
        actor: 'provisioning',
        personId,
        runId: step.runId,
        service: step.service,
        message,
      });
    });
  }
}

function describe(title: string, kind: RunKind, error: unknown): string {
  const what = `${title} could not be ${STEP_VERB[kind]}`;
  if (!(error instanceof Error)) return what;
  return isServiceError(error) || error.name === 'NotFoundError'
    ? error.message
    : `${what}: ${error.message}`;
}
