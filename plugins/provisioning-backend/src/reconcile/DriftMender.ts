import { ConflictError, NotFoundError } from '@backstage/errors';
import { AppliedDrifts, Run } from '@formulary/plugin-provisioning-common';
import { ServiceConnector } from '@formulary/plugin-provisioning-node';
import { ChosenDrift } from '../database/DriftStore';
import { StoredPerson } from '../database/PersonStore';
import { ProvisioningDatabase } from '../database/ProvisioningDatabase';
import { callConnector } from '../engine/callConnector';
import { ConnectorRegistry } from '../engine/ConnectorRegistry';
import { Offboarding } from '../engine/Offboarding';
import { Provisioning } from '../engine/Provisioning';
import { PersonResolver } from '../identity/PersonResolver';
import { checkAccount } from './checkAccount';
import { checkListed } from './checkListed';
import { inParallel } from './inParallel';
import { addReconcileJob, APPLY_TASK } from './reconcileJobs';

/** Drifts mended in one job, and of those at once. */
const BATCH = 50;
const AT_ONCE = 5;

/** What a mender is made of. */
export interface DriftMenderOptions {
  database: ProvisioningDatabase;
  connectors: ConnectorRegistry;
  persons: PersonResolver;
  provisioning: Provisioning;
  offboarding: Offboarding;
  /** Time for looking at one account, in milliseconds. */
  timeoutMs: number;
}

interface Result {
  state: 'applied' | 'skipped' | 'failed';
  message: string;
  runId?: string;
}

/** Mends drifts that somebody chose, by the same runs that prepare and suspend accounts otherwise. */
export class DriftMender {
  constructor(private readonly options: DriftMenderOptions) {}

  /**
   * Has drifts of a reconciliation mended.
   *
   * @param driftIds - all that can be mended when left out
   * @throws ConflictError while the reconciliation is under way
   * @throws NotFoundError when a drift is not of this reconciliation
   */
  async choose(
    reconciliationId: string,
    requestedBy: string,
    driftIds?: string[],
  ): Promise<AppliedDrifts> {
    const wanted = driftIds && [...new Set(driftIds)];
    return this.options.database.transaction(async stores => {
      const progress = await stores.reconciliations.lock(reconciliationId);
      if (!progress) {
        throw new NotFoundError(
          `There is no reconciliation ${reconciliationId}`,
        );
      }
      if (progress.state === 'running') {
        throw new ConflictError(
          'The reconciliation is under way. Wait until it is done, or cancel it',
        );
      }
      const groups = await stores.drifts.summarise(reconciliationId, wanted);
      const known = sum(groups);
      if (wanted && known !== wanted.length) {
        throw new NotFoundError(
          `${
            wanted.length - known
          } of the chosen drifts are not of this reconciliation. Choose again from its list`,
        );
      }
      const accepted = await stores.drifts.choose(
        reconciliationId,
        requestedBy,
        wanted,
      );
      const needAdministrator = sum(
        groups.filter(
          ({ mend }) =>
            mend === 'administrator' || (mend === 'block' && !wanted),
        ),
      );
      if (accepted > 0) {
        await stores.events.add({
          type: 'reconciliation.applied',
          actor: requestedBy,
          message: `${requestedBy} asked to mend ${
            accepted === 1 ? 'one drift' : `${accepted} drifts`
          }`,
          after: { reconciliationId, driftIds: wanted },
        });
        await addReconcileJob(stores.jobs, APPLY_TASK, reconciliationId);
      }
      return {
        accepted,
        needAdministrator,
        doneBefore: known - accepted - needAdministrator,
      };
    });
  }

  /** Mends the next chosen drifts. What was cut off is done again, and joins the run that it began. */
  async continue(reconciliationId: string, signal: AbortSignal): Promise<void> {
    const { database } = this.options;
    const chosen = await database.drifts.listChosen(reconciliationId, BATCH);
    await inParallel(chosen, AT_ONCE, async drift => {
      const result = await this.attempt(drift, signal);
      await database.transaction(async stores => {
        if (!(await stores.drifts.settle(drift.id, result))) return;
        await stores.events.add({
          type: `drift.${result.state}`,
          actor: drift.chosenBy,
          personId: drift.personId,
          service: drift.service,
          runId: result.runId,
          message: result.message,
          before: {
            kind: drift.kind,
            found: drift.found,
            account: drift.account,
          },
          after: { reconciliationId, driftId: drift.id },
        });
      });
    });
    if (chosen.length === BATCH) {
      await addReconcileJob(database.jobs, APPLY_TASK, reconciliationId);
    }
  }

  private async attempt(
    drift: ChosenDrift,
    signal: AbortSignal,
  ): Promise<Result> {
    try {
      return await this.mend(drift, signal);
    } catch (error) {
      if (signal.aborted) throw error;
      return {
        state: 'failed',
        message: error instanceof Error ? error.message : String(error),
      };
    }
  }

  private async mend(drift: ChosenDrift, signal: AbortSignal): Promise<Result> {
    const { connectors, database, timeoutMs } = this.options;
    const connector = connectors.get(drift.service);
    if (drift.mend === 'block') return this.block(drift, connector, signal);
    const stored = await database.persons.get(drift.personId!);
    const known = await database.accounts.find(stored.id, drift.service);
    const now = await callConnector(
      connector,
      call => checkAccount(stored, known, connector, call),
      { signal, timeoutMs },
    );
    if (!now.drift) {
      return {
        state: 'skipped',
        message: 'It does not hold any more: the account is as it should be',
      };
    }
    if (now.drift.kind !== drift.kind || now.drift.mend !== drift.mend) {
      return {
        state: 'skipped',
        message: `It does not hold any more. Now: ${now.drift.found}. Compare again to see what can be done`,
      };
    }
    const run =
      drift.mend === 'suspend'
        ? await this.suspendAgain(drift)
        : await this.prepare(stored, drift);
    return {
      state: 'applied',
      message: `A run of kind ${run.kind} mends it`,
      runId: run.id,
    };
  }

  /** Keeps an account out that provisioning does not look after, if it still is what was chosen. */
  private async block(
    drift: ChosenDrift,
    connector: ServiceConnector,
    signal: AbortSignal,
  ): Promise<Result> {
    const { database, persons, timeoutMs } = this.options;
    const { listing, title } = connector;
    const { account } = drift;
    if (!listing?.block || !account) {
      throw new ConflictError(
        `The connector of ${title} cannot block accounts that nobody has. Block it in ${title}`,
      );
    }
    const limits = { signal, timeoutMs };
    const now = await callConnector(
      connector,
      call => listing.get(account, call),
      limits,
    );
    const checked =
      now && (await checkListed(database, persons.catalog, connector, [now]));
    const found = checked?.drifts[0];
    if (!now || found?.kind !== drift.kind || found.mend !== 'block') {
      return {
        state: 'skipped',
        message: `It does not hold any more${
          found ? `. Now: ${found.found}` : ''
        }. Compare again to see what can be done`,
      };
    }
    await callConnector(
      connector,
      async call => listing.block?.(now, call),
      limits,
    );
    return {
      state: 'applied',
      message: `The account ${now.username} is blocked in ${title}; nothing of it was deleted. Only ${title} itself can let it in again`,
    };
  }

  private async prepare(
    { person }: StoredPerson,
    { service, chosenBy }: ChosenDrift,
  ): Promise<Run> {
    const resolved = await this.options.persons.byUserRef(person.userRef);
    if (resolved.person.subject !== person.subject) {
      throw new ConflictError(
        `${person.userRef} is another person at the identity provider by now`,
      );
    }
    if (resolved.refusal) throw new ConflictError(resolved.refusal);
    const { run } = await this.options.provisioning.onboard(resolved, {
      source: 'admin',
      requestedBy: chosenBy,
      services: [service],
    });
    return run;
  }

  private async suspendAgain({
    personId,
    service,
    chosenBy,
  }: ChosenDrift): Promise<Run> {
    const { run } = await this.options.offboarding.suspendAgain(personId!, {
      source: 'admin',
      requestedBy: chosenBy,
      reason: 'The account could be used, though the person is suspended',
      services: [service],
    });
    return run;
  }
}

function sum(groups: { count: number }[]): number {
  return groups.reduce((total, { count }) => total + count, 0);
}
