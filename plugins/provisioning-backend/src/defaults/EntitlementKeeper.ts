import { Entitlement, Person } from '@formulary/plugin-provisioning-common';
import {
  ConnectorCallOptions,
  ConnectorEntitlements,
  EntitledAccount,
  ObservedAccount,
  ServiceConnector,
} from '@formulary/plugin-provisioning-node';
import { isServiceError } from '@formulary/service-client-node';
import { RecordedEntitlement } from '../database/EntitlementStore';
import { ProvisioningDatabase, Stores } from '../database/ProvisioningDatabase';
import { mayPass } from '../engine/mayPass';
import { DefaultRules, isSame } from './DefaultRules';
import { giveOrKeep, isDone, isObsolete, nameOf } from './entitlementChange';

/** Makes one call of a connector, which ends in time. */
type Call = <T>(
  work: (options: ConnectorCallOptions) => Promise<T>,
) => Promise<T>;

/** An account whose entitlements are to be as the rules say. */
export interface Entitled {
  runId: string;
  personId: string;
  person: Person;
  connector: ServiceConnector;
  account: ObservedAccount;
  /** What rules gave before, in the order in which it was given. */
  recorded: RecordedEntitlement[];
}

/** What came of it. */
export interface Settled {
  /** How many were given or taken back. */
  changes: number;
  /** What the service refused, if it did. */
  failure?: unknown;
}

interface Work extends Entitled {
  offer: ConnectorEntitlements;
  to: EntitledAccount;
  call: Call;
}

/**
 * Gives people what rules give, and takes back what rules gave and do not give
 * any more. What somebody has by hand is left alone: before something is given
 * it is written that it is ours, and nothing else is ever taken back.
 */
export class EntitlementKeeper {
  constructor(
    private readonly database: ProvisioningDatabase,
    private readonly rules: DefaultRules,
  ) {}

  /**
   * Brings what an account has in line with the rules. What the service
   * refuses for good does not keep the rest from being given.
   */
  async settle(entitled: Entitled, call: Call): Promise<Settled> {
    const { person, connector, account, recorded } = entitled;
    const { service, entitlements: offer } = connector;
    if (!offer) return { changes: 0 };
    const wanted = this.rules.in(service, person);
    const work: Work = { ...entitled, offer, to: { person, account }, call };
    const obsolete = recorded.filter(each =>
      isObsolete(each, wanted, offer.levels),
    );
    const kept = recorded.filter(each => !obsolete.includes(each));
    const settled: Settled = { changes: 0 };
    const tasks = [
      ...obsolete.reverse().map(each => () => this.take(work, each)),
      ...wanted.map(
        each => () =>
          this.give(
            work,
            each,
            kept.find(other => isSame(other, each)),
          ),
      ),
    ];
    for (const task of tasks) {
      const { changed, failure } = await task();
      if (changed) settled.changes += 1;
      settled.failure ??= failure;
      // Who is away now is away for the rest, too; the step is tried again.
      if (failure !== undefined && !isFinal(failure)) {
        return { ...settled, failure };
      }
    }
    return settled;
  }

  private async give(
    work: Work,
    wanted: Entitlement,
    recorded: RecordedEntitlement | undefined,
  ): Promise<Outcome> {
    const { personId, connector, offer, to, call } = work;
    const { service } = connector;
    if (isDone(recorded)) return {};
    const seen = await attempt(() =>
      call(options => offer.look(to, wanted, options)),
    );
    if ('failure' in seen) return seen;
    const { result: found } = seen;
    if (giveOrKeep(wanted, recorded, found, offer.levels) === 'keep') {
      if (recorded && !recorded.given) {
        await this.database.entitlements.finish(personId, service, wanted);
      }
      return {};
    }
    if (!recorded) {
      await this.database.entitlements.begin(
        personId,
        service,
        wanted,
        found.there ? found.level : undefined,
      );
    }
    const given = await attempt(() =>
      call(options => offer.give(to, wanted, options)),
    );
    if ('failure' in given) {
      if (!recorded && isFinal(given.failure)) {
        await this.database.entitlements.forget(personId, service, wanted);
      }
      return given;
    }
    await this.write(work, 'given', wanted, stores =>
      stores.entitlements.finish(personId, service, wanted),
    );
    return { changed: true };
  }

  private async take(
    work: Work,
    recorded: RecordedEntitlement,
  ): Promise<Outcome> {
    const { personId, connector, offer, to, call } = work;
    const { service } = connector;
    const { levelBefore: level } = recorded;
    if (recorded.once) {
      await this.database.entitlements.forget(personId, service, recorded);
      return {};
    }
    const taken = await attempt(() =>
      call(async options => {
        if (level === undefined) await offer.take?.(to, recorded, options);
        else await offer.give(to, { ...recorded, level }, options);
      }),
    );
    if ('failure' in taken) return taken;
    await this.write(work, 'taken', recorded, stores =>
      stores.entitlements.forget(personId, service, recorded),
    );
    return { changed: true };
  }

  private async write(
    { runId, personId, connector }: Work,
    what: 'given' | 'taken',
    entitlement: Entitlement,
    change: (stores: Stores) => Promise<void>,
  ): Promise<void> {
    await this.database.transaction(async stores => {
      await change(stores);
      await stores.events.add({
        type: `entitlement.${what}`,
        actor: 'provisioning',
        personId,
        runId,
        service: connector.service,
        message: `${connector.title}: ${nameOf(entitlement)} ${
          what === 'given' ? 'given' : 'taken back'
        }, as the defaults say`,
      });
    });
  }
}

interface Outcome {
  changed?: boolean;
  failure?: unknown;
}

/** Tells what a service refuses from a database that is away: the latter is not caught. */
async function attempt<T>(
  work: () => Promise<T>,
): Promise<{ result: T } | { failure: unknown }> {
  try {
    return { result: await work() };
  } catch (failure) {
    return { failure };
  }
}

/** Whether the service refused for good. What was cut off may have done its work. */
function isFinal(failure: unknown): boolean {
  return isServiceError(failure) && !mayPass(failure);
}
