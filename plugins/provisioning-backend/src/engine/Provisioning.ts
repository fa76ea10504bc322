import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  Person,
  RequestedRun,
  Run,
  RunSource,
  ServiceId,
} from '@formulary/plugin-provisioning-common';
import { ProvisioningDatabase, Stores } from '../database/ProvisioningDatabase';
import { StoredStep } from '../database/RunStore';
import { ResolvedPerson } from '../identity/ResolvedPerson';
import { ConnectorRegistry } from './ConnectorRegistry';
import { RetryPolicy } from './RetryPolicy';
import { addStepJob } from './stepJobs';

/** Tells whether somebody is still known to the identity provider. */
export interface Successions {
  /** Whether the identity provider says for certain that it does not know the person any more. */
  isGone(person: Person): Promise<boolean>;
}

/** A request to prepare a person's accounts. */
export interface OnboardRequest {
  source: RunSource;
  /** Who asks: a user's ref, or the name of a service. */
  requestedBy: string;
  /** All that are set up when left out. */
  services?: ServiceId[];
}

/**
 * The one way in for provisioning work, wherever it comes from. A run and its
 * steps are stored, together with the jobs that carry them out, before any
 * service is called.
 */
export class Provisioning {
  constructor(
    private readonly database: ProvisioningDatabase,
    private readonly connectors: ConnectorRegistry,
    private readonly retries: RetryPolicy,
    private readonly successions: Successions,
  ) {}

  /**
   * Prepares a person's accounts. A run of the person that is under way is
   * joined; otherwise a new one begins, which finds finished accounts unchanged.
   *
   * @throws NotFoundError when a service is not set up
   * @throws ConflictError when the person's ref belongs to somebody else
   */
  async onboard(
    { person, refusal }: ResolvedPerson,
    request: OnboardRequest,
  ): Promise<RequestedRun> {
    const services = (
      request.services ?? this.connectors.all().map(({ service }) => service)
    ).map(service => this.connectors.get(service).service);
    const predecessor = await this.findPredecessor(person);

    const { id, joined } = await this.database.transaction(async stores => {
      if (predecessor) await stores.persons.releaseUserRef(predecessor);
      const { id: personId } = await stores.persons.save(person);
      const underWay = await stores.runs.lockUnderWay(personId);
      const runId =
        underWay ??
        (await stores.runs.create({ kind: 'onboard', personId, ...request }));
      await stores.events.add({
        type: underWay ? 'run.joined' : 'run.created',
        actor: request.requestedBy,
        personId,
        runId,
        message: underWay
          ? `${request.requestedBy} joined the run that is under way`
          : `${request.requestedBy} asked for the accounts of ${person.username}`,
        after: { source: request.source, services },
      });
      if (refusal && !underWay) {
        await this.refuse(stores, { runId, personId, refusal });
      } else if (!refusal) {
        await this.addSteps(stores, { runId, personId, services });
      }
      return { id: runId, joined: underWay !== undefined };
    });
    return { run: await this.getRun(id), joined };
  }

  /**
   * Tries the failed steps of a run again, with the person as the identity
   * provider knows them now.
   *
   * @throws ConflictError when the run has not failed, or another one is under way
   */
  async retry(
    runId: string,
    { person, refusal }: ResolvedPerson,
    requestedBy: string,
  ): Promise<Run> {
    await this.database.transaction(async stores => {
      const { id: personId } = await stores.persons.save(person);
      const underWay = await stores.runs.lockUnderWay(personId);
      if (underWay) {
        throw new ConflictError(
          underWay === runId
            ? 'The run is under way already'
            : `Another run for ${person.username} is under way; wait until it is done`,
        );
      }
      const run = await stores.runs.lock(runId);
      if (run?.personId !== personId) throw unknownRun(runId);
      if (run.state !== 'failed') {
        throw new ConflictError(
          'The run has succeeded; there is nothing to retry',
        );
      }
      const failed = await stores.runs.reopen(
        runId,
        this.retries.limits.deadlineMs,
      );
      await stores.events.add({
        type: 'run.retried',
        actor: requestedBy,
        personId,
        runId,
        message: `${requestedBy} asked to try again`,
      });
      if (refusal) {
        await this.refuse(stores, { runId, personId, refusal });
        return;
      }
      await this.enqueue(stores, personId, failed);
      // A run that was refused has no steps yet.
      if (failed.length === 0) {
        const services = this.connectors.all().map(({ service }) => service);
        await this.addSteps(stores, { runId, personId, services });
      }
    });
    return this.getRun(runId);
  }

  private async addSteps(
    stores: Stores,
    run: { runId: string; personId: string; services: ServiceId[] },
  ) {
    const steps = await stores.runs.addSteps(
      run.runId,
      run.services,
      this.retries.limits.deadlineMs,
    );
    await this.enqueue(stores, run.personId, steps);
    await stores.runs.finishWhenDone(run.runId);
  }

  private async enqueue(stores: Stores, personId: string, steps: StoredStep[]) {
    for (const step of steps) {
      await stores.accounts.expect(personId, step.service);
      await addStepJob(stores.jobs, step);
    }
  }

  private async refuse(
    stores: Stores,
    run: { runId: string; personId: string; refusal: string },
  ) {
    await stores.runs.refuse(run.runId, run.refusal);
    await stores.events.add({
      type: 'run.refused',
      actor: 'provisioning',
      personId: run.personId,
      runId: run.runId,
      message: run.refusal,
    });
  }

  /** Somebody who had the person's ref and is gone; undefined when nobody has it. */
  private async findPredecessor(person: Person): Promise<string | undefined> {
    const holder = await this.database.persons.findByUserRef(person.userRef);
    if (
      !holder ||
      (holder.person.issuer === person.issuer &&
        holder.person.subject === person.subject)
    ) {
      return undefined;
    }
    if (await this.successions.isGone(holder.person)) return holder.id;
    throw new ConflictError(
      `${person.userRef} belongs to another person of the identity provider (${holder.person.subject}). Give one of the two another username, or remove the one who has left`,
    );
  }

  private async getRun(runId: string): Promise<Run> {
    const run = await this.database.runs.find(runId);
    if (!run) throw unknownRun(runId);
    return run;
  }
}

/** The same for a run that is not there and one that the caller may not see. */
export function unknownRun(runId: string): NotFoundError {
  return new NotFoundError(`There is no run ${runId}`);
}
