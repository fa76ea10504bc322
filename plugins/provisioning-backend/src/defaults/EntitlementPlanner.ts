import {
  Account,
  EntitlementPlan,
  EntitlementReason,
  Person,
  PlannedEntitlement,
  PlannedService,
} from '@formulary/plugin-provisioning-common';
import {
  ObservedEntitlement,
  ServiceConnector,
} from '@formulary/plugin-provisioning-node';
import { RecordedEntitlement } from '../database/EntitlementStore';
import { ProvisioningDatabase } from '../database/ProvisioningDatabase';
import { StoredPerson } from '../database/PersonStore';
import { callConnector } from '../engine/callConnector';
import { ConnectorRegistry } from '../engine/ConnectorRegistry';
import { ResolvedPerson } from '../identity/ResolvedPerson';
import { DefaultRules, Given, isSame } from './DefaultRules';
import { giveOrKeep, isDone, isObsolete } from './entitlementChange';

/** What the rules are asked about in place of what the person is. */
export type Supposition = Partial<
  Pick<Person, 'organisation' | 'groups' | 'roles'>
>;

/** Says what a run would do for somebody, and why. Changes nothing. */
export class EntitlementPlanner {
  constructor(
    private readonly options: {
      database: ProvisioningDatabase;
      connectors: ConnectorRegistry;
      defaults: DefaultRules;
      /** Time for looking at one thing, in milliseconds. */
      timeoutMs: number;
    },
  ) {}

  async of(
    { person: known, refusal }: ResolvedPerson,
    supposed: Supposition = {},
  ): Promise<EntitlementPlan> {
    const { database, connectors, defaults } = this.options;
    const person: Person = { ...known, ...supposed };
    const met = await database.persons.findBySubject(
      person.issuer,
      person.subject,
    );
    const accounts = met ? await database.accounts.listOf(met.id) : [];
    const given = defaults.for(person);
    const services = await Promise.all(
      connectors.all().map(async connector => {
        const { service } = connector;
        return this.inService(connector, {
          person,
          reasons: given.services.get(service),
          wanted: given.entitlements.get(service) ?? [],
          recorded: met
            ? await database.entitlements.listIn(met.id, service)
            : [],
          account: accounts.find(each => each.service === service),
        });
      }),
    );
    return {
      userRef: person.userRef,
      displayName: person.displayName,
      organisation: person.organisation,
      groups: person.groups,
      roles: person.roles ?? [],
      rules: given.verdicts,
      services,
      refusal: refusal ?? lifecycleRefusal(met),
    };
  }

  private async inService(
    connector: ServiceConnector,
    found: {
      person: Person;
      reasons: EntitlementReason[] | undefined;
      wanted: Given[];
      recorded: RecordedEntitlement[];
      account: Account | undefined;
    },
  ): Promise<PlannedService> {
    const { person, reasons, wanted, recorded } = found;
    const { service, title } = connector;
    const problems = new Set<string>();
    const read = async <T>(
      work: (options: { signal?: AbortSignal }) => Promise<T>,
    ): Promise<{ answer?: T }> => {
      // Whoever did not answer is not asked again and again.
      if (problems.size > 0) return {};
      try {
        const answer = await callConnector(connector, work, {
          signal: new AbortController().signal,
          timeoutMs: this.options.timeoutMs,
        });
        return { answer };
      } catch (error) {
        problems.add(error instanceof Error ? error.message : String(error));
        return {};
      }
    };

    let account = isThere(found.account) ? found.account : undefined;
    if (!account && reasons) {
      const { answer } = await read(options => connector.find(person, options));
      if (answer) {
        account = { ...answer, observedAt: new Date().toISOString() };
      }
    }
    const entitlements: PlannedEntitlement[] = [];
    const { levels } = connector.entitlements ?? {};
    for (const { entitlement, reasons: why } of wanted) {
      const record = recorded.find(each => isSame(each, entitlement));
      const look = async (): Promise<{ answer?: ObservedEntitlement }> => {
        const offer = connector.entitlements;
        if (!account || !offer) {
          return problems.size > 0 ? {} : { answer: { there: false } };
        }
        const to = { person, account };
        return read(options => offer.look(to, entitlement, options));
      };
      const { answer: seen } = isDone(record)
        ? { answer: { there: true } }
        : await look();
      entitlements.push({
        ...entitlement,
        change: seen
          ? giveOrKeep(entitlement, record, seen, levels)
          : 'unknown',
        reasons: why,
        ours: record !== undefined,
      });
    }
    const owed = wanted.map(({ entitlement }) => entitlement);
    for (const record of recorded) {
      if (owed.some(each => isSame(each, record))) continue;
      if (!isObsolete(record, owed, levels)) continue;
      const { kind, name, level, once } = record;
      entitlements.push({
        kind,
        name,
        level,
        once,
        change: once ? 'leave' : 'take',
        reasons: [],
        ours: true,
      });
    }
    return {
      service,
      title,
      change: changeOf(account, reasons),
      reasons: reasons ?? [],
      account,
      entitlements,
      problem: [...problems][0],
    };
  }
}

function isThere(account: Account | undefined): boolean {
  return account?.externalId !== undefined && account.state !== 'removed';
}

function changeOf(
  account: Account | undefined,
  reasons: EntitlementReason[] | undefined,
): PlannedService['change'] {
  if (account) return reasons ? 'keep' : 'leave';
  return reasons ? 'create' : 'none';
}

function lifecycleRefusal(met: StoredPerson | undefined): string | undefined {
  const { state, reason } = met?.lifecycle ?? { state: 'active' };
  return state === 'active'
    ? undefined
    : `The accounts are ${state} (${reason}). Nothing is given until an administrator ${
        state === 'suspended' ? 'restores them' : 'prepares new ones'
      }`;
}
