import {
  Entitlement,
  EntitlementReason,
  Person,
  RuleVerdict,
  ServiceId,
} from '@formulary/plugin-provisioning-common';
import { ConnectorRegistry } from '../engine/ConnectorRegistry';
import { matchRule, RuleMatch } from './matchRule';

/** A rule of `provisioning.defaults`. */
export interface DefaultRule {
  name: string;
  match: RuleMatch;
  /** Services that it gives accounts in; undefined when it does not choose any. */
  services?: ServiceId[];
  /** What it gives within services. */
  entitlements: Map<ServiceId, Entitlement[]>;
}

/** Something given, and the rules that give it. */
export interface Given {
  entitlement: Entitlement;
  reasons: EntitlementReason[];
}

/** What the rules say of a person. */
export interface Defaults {
  verdicts: RuleVerdict[];
  /** Services where the person gets an account, with the rules that say so. */
  services: Map<ServiceId, EntitlementReason[]>;
  /** What the person gets within services. */
  entitlements: Map<ServiceId, Given[]>;
}

/**
 * What people get without anybody asking for it. What several rules give adds
 * up, the higher level wins. As long as no rule chooses services, everybody
 * gets accounts in all of them.
 */
export class DefaultRules {
  constructor(
    private readonly rules: DefaultRule[],
    private readonly connectors: ConnectorRegistry,
  ) {}

  /** Whether rules choose the services, so that somebody may get fewer than all. */
  get choosesServices(): boolean {
    return this.rules.some(({ services }) => services !== undefined);
  }

  /** Whether a rule asks for people's roles. */
  get asksForRoles(): boolean {
    return this.rules.some(({ match }) => match.role !== undefined);
  }

  for(person: Person): Defaults {
    const verdicts = this.rules.map(({ name, match }) => ({
      rule: name,
      ...matchRule(match, person),
    }));
    const given: Defaults = {
      verdicts,
      services: new Map(),
      entitlements: new Map(),
    };
    if (!this.choosesServices) {
      this.connectors
        .all()
        .forEach(({ service }) => given.services.set(service, []));
    }
    this.rules.forEach((rule, index) => {
      const { matches, because } = verdicts[index];
      if (matches) this.add(given, rule, { rule: rule.name, because });
    });
    return given;
  }

  /** What the person gets in one service. */
  in(service: ServiceId, person: Person): Entitlement[] {
    const given = this.for(person).entitlements.get(service) ?? [];
    return given.map(({ entitlement }) => entitlement);
  }

  /** Services where a person gets an account. */
  servicesFor(person: Person): ServiceId[] {
    return [...this.for(person).services.keys()];
  }

  private add(
    given: Defaults,
    rule: DefaultRule,
    reason: EntitlementReason,
  ): void {
    // What is within a service takes an account there.
    const services = [...(rule.services ?? []), ...rule.entitlements.keys()];
    for (const service of new Set(services)) {
      const reasons = given.services.get(service) ?? [];
      given.services.set(service, [...reasons, reason]);
    }
    for (const [service, entitlements] of rule.entitlements) {
      const all = given.entitlements.get(service) ?? [];
      given.entitlements.set(service, all);
      for (const entitlement of entitlements) {
        const same = all.find(other => isSame(other.entitlement, entitlement));
        if (same) {
          same.entitlement = this.higher(
            service,
            same.entitlement,
            entitlement,
          );
          same.reasons.push(reason);
        } else {
          all.push({ entitlement, reasons: [reason] });
        }
      }
    }
  }

  private higher(service: ServiceId, one: Entitlement, other: Entitlement) {
    const { levels } = this.connectors.get(service).entitlements ?? {};
    return isAtLeast(levels, one.level, other.level) ? one : other;
  }
}

/** Whether two entitlements are about the same thing, at whatever level. */
export function isSame(
  one: Pick<Entitlement, 'kind' | 'name'>,
  other: Pick<Entitlement, 'kind' | 'name'>,
): boolean {
  return one.kind === other.kind && one.name === other.name;
}

/** Whether a level is as high as another; where there are no levels, all are. */
export function isAtLeast(
  levels: string[] = [],
  level?: string,
  other?: string,
): boolean {
  return levels.indexOf(level ?? '') >= levels.indexOf(other ?? '');
}
