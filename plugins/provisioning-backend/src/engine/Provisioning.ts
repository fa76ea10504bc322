import { ConflictError } from '@backstage/errors';
import {
  Person,
  PersonLifecycle,
  RequestedRun,
  Run,
  RunSource,
  ServiceId,
} from '@formulary/plugin-provisioning-common';
import { DefaultRules } from '../defaults/DefaultRules';
import { ProvisioningDatabase, Stores } from '../database/ProvisioningDatabase';
import { StoredRun } from '../database/RunStore';
import { ResolvedPerson } from '../identity/ResolvedPerson';
import { ConnectorRegistry } from './ConnectorRegistry';
import { assertUntouched } from './Rollback';
import { getRun, RunSteps, unknownRun } from './RunSteps';

/** What a person is once a run was asked for. */
const STATE_AFTER = {
  onboard: 'active',
  restore: 'active',
  suspend: 'suspended',
  remove: 'removed',
  rollback: 'active',
} as const;

/** Tells whether somebody still has the ref that they were met with. */
export interface Successions {
  /** Whether the identity provider says for certain that it does not know the person any more, or the catalog calls them otherwise by now. */
  hasLeftRef(person: Person): Promise<boolean>;
}

/** A request to prepare a person's accounts. */
export interface OnboardRequest {
  source: RunSource;
  /** Who asks: a user's ref, or the name of a service. */
  requestedBy: string;
  /** Those that the defaults give when left out. */
  services?: ServiceId[];
  /** Whether accounts that were removed may be made anew. */
  mayReturn?: boolean;
  /** What else is stored together with the run; what it throws undoes both. */
  alongside?(stores: Stores, runId: string): Promise<void>;
}

/**
 * The one way in for preparing accounts, wherever the wish comes from. A run and
 * its steps are stored, together with the jobs that carry them out, before any
 * service is called.
 */
export class Provisioning {
  constructor(
    private readonly database: ProvisioningDatabase,
    private readonly connectors: ConnectorRegistry,
    private readonly steps: RunSteps,
    private readonly successions: Successions,
    private readonly defaults: DefaultRules,
  ) {}

  /**
   * Prepares a person's accounts. A run of the person that is under way is
   * joined; otherwise a new one begins, which finds finished accounts unchanged.
   *
   * @throws NotFoundError when a service is not set up
   * @throws ConflictError when the person is suspended, or their ref belongs to somebody else
   */
  async onboard(
    resolved: ResolvedPerson,
    request: OnboardRequest,
  ): Promise<RequestedRun> {
    const { runId, joined } = await this.begin(resolved, request);
    return { run: await getRun(this.database, runId), joined };
  }

  /** The same as {@link Provisioning.onboard} for those who do not look at the run. */
  async begin(
    { person, refusal }: ResolvedPerson,
    request: OnboardRequest,
  ): Promise<{ runId: string; joined: boolean }> {
    const asked = request.services?.map(
      service => this.connectors.get(service).service,
    );
    const predecessor = await this.findPredecessor(person);

    return this.database.transaction(async stores => {
      if (predecessor) await stores.persons.releaseUserRef(predecessor);
      const { id: personId, lifecycle } = await stores.persons.save(person);
      await this.welcomeBack(stores, personId, person, lifecycle, request);
      const services =
        asked ?? (await this.usualServices(stores, personId, person));
      const underWay = await stores.runs.lockUnderWay(personId);
      if (underWay?.kind === 'remove' || underWay?.kind === 'rollback') {
        throw new ConflictError(
          `Accounts of ${person.username} are being removed. Try again when that is done`,
        );
      }
      const runId =
        underWay?.id ??
        (await stores.runs.create({
          kind: 'onboard',
          personId,
          source: request.source,
          requestedBy: request.requestedBy,
        }));
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
      const run: StoredRun = underWay ?? {
        id: runId,
        kind: 'onboard',
        state: 'running',
        personId,
      };
      if (refusal && !underWay) {
        await this.refuse(stores, run, refusal);
      } else if (!refusal) {
        await this.steps.add(stores, run, services);
      }
      await request.alongside?.(stores, runId);
      return { runId, joined: underWay !== undefined };
    });
  }

  /**
   * Does again what did not succeed in a run, with the person as the identity
   * provider knows them now.
   *
   * @param resolved - left out when the person is gone from the identity provider, as they may be after a suspension
   * @throws ConflictError when there is nothing to do again, when something else has happened to the person since, or another run is under way
   */
  async retry(
    runId: string,
    requestedBy: string,
    resolved?: ResolvedPerson,
  ): Promise<Run> {
    return this.goOn(runId, requestedBy, { resolved });
  }

  /**
   * Lets a cancelled run go on with what is left to be done, like {@link Provisioning.retry}.
   *
   * @throws ConflictError also when the run was not cancelled
   */
  async resume(
    runId: string,
    requestedBy: string,
    resolved?: ResolvedPerson,
  ): Promise<Run> {
    return this.goOn(runId, requestedBy, { resolved, cancelledOnly: true });
  }

  private async goOn(
    runId: string,
    requestedBy: string,
    {
      resolved,
      cancelledOnly,
    }: { resolved?: ResolvedPerson; cancelledOnly?: boolean },
  ): Promise<Run> {
    await this.database.transaction(async stores => {
      // The person is locked before the run, here as everywhere.
      const personId = await stores.runs.findPersonOf(runId);
      if (!personId) throw unknownRun(runId);
      const { person, lifecycle } = resolved
        ? await stores.persons.save(resolved.person)
        : await stores.persons.lock(personId);
      const underWay = await stores.runs.lockUnderWay(personId);
      if (underWay) {
        throw new ConflictError(
          underWay.id === runId
            ? 'The run is under way already'
            : `Another run for ${person.username} is under way; wait until it is done`,
        );
      }
      const run = await stores.runs.lock(runId);
      if (run?.personId !== personId) throw unknownRun(runId);
      this.assertRetriable(run, lifecycle, person);
      await this.assertNotTakenBack(stores, run, person);
      if (cancelledOnly && run.state !== 'cancelled') {
        throw new ConflictError(
          'The run was not cancelled but has failed. Retry it instead',
        );
      }
      await stores.events.add({
        type: run.state === 'cancelled' ? 'run.resumed' : 'run.retried',
        actor: requestedBy,
        personId,
        runId,
        message:
          run.state === 'cancelled'
            ? `${requestedBy} asked to go on with what is left`
            : `${requestedBy} asked to try again`,
      });
      if (resolved?.refusal) {
        await stores.runs.reopen(runId);
        await this.refuse(stores, run, resolved.refusal);
      } else if ((await this.steps.reopen(stores, run)) === 0) {
        // A run that was refused has no steps yet.
        await this.steps.add(
          stores,
          run,
          await this.usualServices(stores, personId, person),
        );
      }
    });
    return getRun(this.database, runId);
  }

  /**
   * Ends a run that is under way. What has begun in a service is left to finish.
   *
   * @throws ConflictError when the run has ended already
   */
  async cancel(runId: string, requestedBy: string): Promise<Run> {
    await this.database.transaction(async stores => {
      const run = await stores.runs.lock(runId);
      if (!run) throw unknownRun(runId);
      if (run.state !== 'running') {
        throw new ConflictError('The run has ended already');
      }
      await this.steps.cancel(stores, run, {
        actor: requestedBy,
        message: `Cancelled by ${requestedBy}`,
      });
    });
    return getRun(this.database, runId);
  }

  /** Services that the defaults give, and those where an account that was given before is to be kept up to date. */
  private async usualServices(
    stores: Stores,
    personId: string,
    person: Person,
  ): Promise<ServiceId[]> {
    const given = this.defaults.servicesFor(person);
    if (!this.defaults.choosesServices) return given;
    const accounts = await stores.accounts.listOf(personId);
    const had = accounts.filter(
      ({ state, externalId }) => state !== 'removed' && externalId,
    );
    return this.connectors
      .all()
      .map(({ service }) => service)
      .filter(
        service =>
          given.includes(service) ||
          had.some(account => account.service === service),
      );
  }

  private assertRetriable(
    run: StoredRun,
    lifecycle: PersonLifecycle,
    person: Person,
  ) {
    if (run.state === 'succeeded') {
      throw new ConflictError(
        'The run has succeeded; there is nothing to retry',
      );
    }
    const wanted = STATE_AFTER[run.kind];
    if (lifecycle.state !== wanted) {
      throw new ConflictError(
        `${person.username} is ${lifecycle.state} by now, so this run is not carried out any more`,
      );
    }
  }

  /** What was rolled back is begun anew, and a rollback goes on only while nobody has come back to the accounts. */
  private async assertNotTakenBack(
    stores: Stores,
    run: StoredRun,
    person: Person,
  ) {
    if (run.rollsBack) await assertUntouched(stores, run.rollsBack, person);
    const rollback = await stores.runs.findRollbackOf(run.id);
    if (rollback) {
      throw new ConflictError(
        `The run was rolled back (${rollback.id}). Prepare the accounts of ${person.username} anew instead`,
      );
    }
  }

  /** Refuses accounts to people who are suspended or removed, but lets those come back who may. */
  private async welcomeBack(
    stores: Stores,
    personId: string,
    person: Person,
    { state, reason }: PersonLifecycle,
    { mayReturn }: OnboardRequest,
  ) {
    if (state === 'active') return;
    if (state === 'suspended' || !mayReturn) {
      throw new ConflictError(
        `The accounts of ${
          person.username
        } are ${state} (${reason}). An administrator can ${
          state === 'suspended' ? 'restore them' : 'prepare new ones'
        }`,
      );
    }
    await stores.persons.change(personId, { state: 'active' });
  }

  private async refuse(stores: Stores, run: StoredRun, refusal: string) {
    await stores.runs.finish(run.id, 'failed', refusal);
    await stores.events.add({
      type: 'run.refused',
      actor: 'provisioning',
      personId: run.personId,
      runId: run.id,
      message: refusal,
    });
  }

  /** Somebody who had the person's ref and is gone or called otherwise; undefined when nobody has it. */
  private async findPredecessor(person: Person): Promise<string | undefined> {
    const holder = await this.database.persons.findByUserRef(person.userRef);
    if (
      !holder ||
      (holder.person.issuer === person.issuer &&
        holder.person.subject === person.subject)
    ) {
      return undefined;
    }
    if (await this.successions.hasLeftRef(holder.person)) return holder.id;
    throw new ConflictError(
      `${person.userRef} belongs to another person of the identity provider (${holder.person.subject}). Give one of the two another username, or remove the one who has left`,
    );
  }
}
