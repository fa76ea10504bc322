import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  PersonLifecycle,
  RequestedRun,
  RunKind,
  RunSource,
  ServiceId,
} from '@formulary/plugin-provisioning-common';
import { LifecycleChange } from '../database/PersonStore';
import { ProvisioningDatabase, Stores } from '../database/ProvisioningDatabase';
import { ConnectorRegistry } from './ConnectorRegistry';
import { getRun, RunSteps } from './RunSteps';

/** Who wants something done to a person's accounts, and why. */
export interface OffboardRequest {
  source: RunSource;
  /** Who asks: a user's ref, or the name of a service. */
  requestedBy: string;
  /** Why, for the record and the person. */
  reason: string;
  /** What else is stored together with the run; what it throws undoes both. */
  alongside?(stores: Stores, runId: string): Promise<void>;
}

interface Change extends OffboardRequest {
  kind: Exclude<RunKind, 'onboard' | 'rollback'>;
  /** What becomes of the person; left out, they stay what they are. */
  lifecycle?: LifecycleChange;
  /** All that the person has an account in when left out. */
  services?: ServiceId[];
}

/**
 * What happens to the accounts of people who leave, and come back. The person's
 * new state is stored together with the run that carries it into the services.
 */
export class Offboarding {
  constructor(
    private readonly database: ProvisioningDatabase,
    private readonly connectors: ConnectorRegistry,
    private readonly steps: RunSteps,
  ) {}

  /**
   * Blocks a person's accounts. Work on them that is under way is cancelled; a
   * suspension that is under way is joined.
   *
   * @param request.removeAfterMs - milliseconds after which the accounts go; left out, they stay
   * @throws NotFoundError when provisioning has not met the person
   * @throws ConflictError when the accounts were removed
   */
  async suspend(
    personId: string,
    request: OffboardRequest & { removeAfterMs?: number },
  ): Promise<RequestedRun> {
    return this.change(
      personId,
      {
        ...request,
        kind: 'suspend',
        lifecycle: {
          state: 'suspended',
          reason: request.reason,
          removeAfterMs: request.removeAfterMs,
        },
      },
      ({ state }) =>
        state === 'removed'
          ? 'were removed; there is nothing left to suspend'
          : undefined,
    );
  }

  /**
   * Blocks a suspended person's accounts once more, in some services. Why and
   * since when they are suspended stays as it is, and when they are removed.
   *
   * @throws ConflictError when the person is not suspended
   */
  async suspendAgain(
    personId: string,
    request: OffboardRequest & { services: ServiceId[] },
  ): Promise<RequestedRun> {
    return this.change(personId, { ...request, kind: 'suspend' }, ({ state }) =>
      state === 'suspended' ? undefined : `are ${state} by now`,
    );
  }

  /**
   * Undoes a suspension.
   *
   * @throws ConflictError when the person is not suspended
   */
  async restore(
    personId: string,
    request: OffboardRequest,
  ): Promise<RequestedRun> {
    return this.change(
      personId,
      { ...request, kind: 'restore', lifecycle: { state: 'active' } },
      ({ state }) =>
        state === 'suspended'
          ? undefined
          : `are ${
              state === 'removed'
                ? 'removed. Prepare new ones instead'
                : 'not suspended'
            }`,
    );
  }

  /**
   * Deletes a suspended person's accounts, for good.
   *
   * @throws ConflictError when the person is not suspended
   */
  async remove(
    personId: string,
    request: OffboardRequest,
  ): Promise<RequestedRun> {
    return this.change(
      personId,
      {
        ...request,
        kind: 'remove',
        lifecycle: { state: 'removed', reason: request.reason },
      },
      ({ state }) =>
        state === 'active'
          ? 'are in use. Suspend them first, and remove them when nobody misses them'
          : undefined,
    );
  }

  private async change(
    personId: string,
    change: Change,
    objection: (lifecycle: PersonLifecycle) => string | undefined,
  ): Promise<RequestedRun> {
    const { runId, joined } = await this.database.transaction(async stores => {
      const { person, lifecycle } = await stores.persons.lock(personId);
      const underWay = await stores.runs.lockUnderWay(personId);
      if (underWay?.kind === change.kind) {
        await change.alongside?.(stores, underWay.id);
        return { runId: underWay.id, joined: true };
      }
      const refusal = objection(lifecycle);
      if (refusal) {
        throw new ConflictError(
          `The accounts of ${person.username} ${refusal}`,
        );
      }
      if (underWay) {
        await this.steps.cancel(stores, underWay, {
          actor: change.requestedBy,
          message: `Gave way to: ${change.kind} ${person.username}`,
        });
      }
      if (change.lifecycle) {
        await stores.persons.change(personId, change.lifecycle);
      }
      const begun = await this.begin(stores, personId, person.username, change);
      await change.alongside?.(stores, begun);
      return { runId: begun, joined: false };
    });
    return { run: await getRun(this.database, runId), joined };
  }

  private async begin(
    stores: Stores,
    personId: string,
    username: string,
    { kind, source, requestedBy, reason, lifecycle, services }: Change,
  ): Promise<string> {
    const id = await stores.runs.create({
      kind,
      source,
      requestedBy,
      personId,
      message: reason,
    });
    await stores.events.add({
      type: 'run.created',
      actor: requestedBy,
      personId,
      runId: id,
      message: `${requestedBy} asked to ${kind} the accounts of ${username}: ${reason}`,
      after: { source, state: lifecycle?.state, services },
    });
    const accounts = await stores.accounts.listOf(personId);
    const setUp = new Set(this.connectors.all().map(({ service }) => service));
    await this.steps.add(
      stores,
      { id, kind, state: 'running', personId },
      accounts
        .filter(
          ({ service, state }) =>
            setUp.has(service) &&
            state !== 'removed' &&
            (services?.includes(service) ?? true),
        )
        .map(({ service }) => service),
    );
    return id;
  }
}

/** For a person whom provisioning has not met. */
export function unknownPerson(userRef: string): NotFoundError {
  return new NotFoundError(
    `Provisioning has made no accounts for ${userRef} so far`,
  );
}
