import { ConflictError } from '@backstage/errors';
import {
  Account,
  Person,
  RollbackAccount,
  RollbackPreview,
  Run,
  RunSource,
} from '@formulary/plugin-provisioning-common';
import { ServiceConnector } from '@formulary/plugin-provisioning-node';
import { ProvisioningDatabase, Stores } from '../database/ProvisioningDatabase';
import { StoredRun } from '../database/RunStore';
import { callConnector } from './callConnector';
import { ConnectorRegistry } from './ConnectorRegistry';
import { getRun, RunSteps, unknownRun } from './RunSteps';

/** Whose accounts a rollback would remove. */
interface Plan {
  run: StoredRun;
  person: Person;
  /** The newest first. */
  accounts: Array<{ connector: ServiceConnector; known: Account }>;
}

/**
 * Takes back what a run has made that did not come to a good end: the accounts
 * that it created, never one that was there before. It is a run of its own.
 */
export class Rollback {
  constructor(
    private readonly options: {
      database: ProvisioningDatabase;
      connectors: ConnectorRegistry;
      steps: RunSteps;
      /** Time for looking at one account, in milliseconds. */
      timeoutMs: number;
    },
  ) {}

  /**
   * What would be removed. Changes nothing.
   *
   * @throws ConflictError when the run cannot be rolled back
   */
  async preview(runId: string): Promise<RollbackPreview> {
    const plan = await this.options.database.transaction(stores =>
      this.plan(stores, runId),
    );
    return {
      accounts: await Promise.all(
        plan.accounts.map(account => this.look(plan.person, account)),
      ),
    };
  }

  /**
   * Begins to remove what a run has made, the newest first.
   *
   * @returns the run that does it
   * @throws ConflictError when the run cannot be rolled back, or one of its accounts is in use
   */
  async begin(
    runId: string,
    by: { source: RunSource; requestedBy: string },
  ): Promise<Run> {
    const { database, steps } = this.options;
    const { accounts } = await this.preview(runId);
    const obstacles = accounts.flatMap(({ obstacle }) => obstacle ?? []);
    if (obstacles.length > 0) {
      throw new ConflictError(
        `${obstacles.join(
          '. ',
        )}. Nothing was removed: suspend the person instead, and remove the accounts when nobody misses them`,
      );
    }
    const id = await database.transaction(async stores => {
      const plan = await this.plan(stores, runId);
      const { personId } = plan.run;
      const services = plan.accounts.map(({ known }) => known.service);
      const rollbackId = await stores.runs.create({
        kind: 'rollback',
        ...by,
        personId,
        rollsBack: runId,
      });
      const event = { actor: by.requestedBy, personId };
      await stores.events.add({
        ...event,
        type: 'run.created',
        runId: rollbackId,
        message: `${by.requestedBy} asked to remove again what was made for ${plan.person.username}`,
        after: { source: by.source, services, rollsBack: runId },
      });
      await stores.events.add({
        ...event,
        type: 'run.rolled-back',
        runId,
        message: `${by.requestedBy} asked to roll back this run`,
        after: { runId: rollbackId, services },
      });
      await steps.add(
        stores,
        {
          id: rollbackId,
          kind: 'rollback',
          state: 'running',
          personId,
          rollsBack: runId,
        },
        services,
      );
      return rollbackId;
    });
    return getRun(database, id);
  }

  /** Locks the person and the run, and checks that it may be rolled back. */
  private async plan(stores: Stores, runId: string): Promise<Plan> {
    const personId = await stores.runs.findPersonOf(runId);
    if (!personId) throw unknownRun(runId);
    const { person } = await stores.persons.lock(personId);
    const underWay = await stores.runs.lockUnderWay(personId);
    const run = await stores.runs.lock(runId);
    if (!run) throw unknownRun(runId);
    if (run.kind !== 'onboard') {
      throw new ConflictError(
        'Only a run that prepares accounts can be rolled back',
      );
    }
    if (underWay) {
      throw new ConflictError(
        underWay.id === runId
          ? 'The run is under way. Cancel it first'
          : `Another run for ${person.username} is under way; wait until it is done`,
      );
    }
    if (run.state === 'succeeded') {
      throw new ConflictError(
        `The run has succeeded, and ${person.username} uses what it made. Suspend the person, and remove the accounts later`,
      );
    }
    if (await stores.steps.isAtWork(runId)) {
      throw new ConflictError(
        'A service is still at work on the run. Wait a moment',
      );
    }
    const rollback = await stores.runs.findRollbackOf(runId);
    if (rollback) {
      throw new ConflictError(
        rollback.state === 'succeeded'
          ? 'The run was rolled back already'
          : `The rollback of this run is ${rollback.state}: go on with that one (${rollback.id})`,
      );
    }
    await assertUntouched(stores, runId, person);
    const accounts: Plan['accounts'] = [];
    for (const { service } of await stores.steps.listCreated(runId)) {
      const known = await stores.accounts.find(personId, service);
      if (known && known.state !== 'removed') {
        accounts.push({
          connector: this.options.connectors.get(service),
          known,
        });
      }
    }
    if (accounts.length === 0) {
      throw new ConflictError(
        'The run has made no account, so there is nothing to roll back. Accounts that were there before stay',
      );
    }
    return { run, person, accounts };
  }

  private async look(
    person: Person,
    { connector, known }: Plan['accounts'][number],
  ): Promise<RollbackAccount> {
    const { service, username, url, externalId } = known;
    const account = { service, title: connector.title, username, url };
    try {
      const obstacle = await callConnector(
        connector,
        async options => connector.inUse?.(person, { ...options, externalId }),
        {
          signal: new AbortController().signal,
          timeoutMs: this.options.timeoutMs,
        },
      );
      return { ...account, obstacle };
    } catch (error) {
      return {
        ...account,
        unknown: error instanceof Error ? error.message : String(error),
      };
    }
  }
}

/**
 * Makes sure that no other run has looked after the accounts since a run made them.
 *
 * @throws ConflictError when one has
 */
export async function assertUntouched(
  stores: Stores,
  runId: string,
  person: Person,
): Promise<void> {
  const created = await stores.steps.listCreated(runId);
  const touched = created.find(({ touchedBy }) => touchedBy !== undefined);
  if (!touched) return;
  throw new ConflictError(
    `A later run (${touched.touchedBy}) has looked after the account of ${person.username} in ${touched.service}, so this run is not rolled back any more. Suspend the person instead, and remove the accounts later`,
  );
}
