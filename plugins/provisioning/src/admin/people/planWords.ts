import type {
  EntitlementReason,
  PlannedEntitlement,
  PlannedService,
} from '@formulary/plugin-provisioning-common';
import type { Look } from '../StateText';

type Said = { look: Look; words: string };

export const SERVICE_CHANGES: Record<PlannedService['change'], Said> = {
  create: { look: 'waiting', words: 'Gets an account' },
  keep: { look: 'good', words: 'Has an account' },
  leave: { look: 'paused', words: 'Keeps an account that no rule gives' },
  none: { look: 'ended', words: 'Gets no account' },
};

export const ENTITLEMENT_CHANGES: Record<PlannedEntitlement['change'], Said> = {
  give: { look: 'waiting', words: 'Would be given' },
  keep: { look: 'good', words: 'There already' },
  take: { look: 'bad', words: 'Would be taken back' },
  leave: { look: 'paused', words: 'Stays, though no rule gives it' },
  unknown: { look: 'ended', words: 'Could not be seen' },
};

/** Why something is given: every rule with what made it match. */
export function reasonsOf(reasons: EntitlementReason[]): string {
  return reasons
    .map(({ rule, because }) => `Rule ${rule}: ${because}`)
    .join('; ');
}

/** Something given, as people call it: `Team acme`, `Repository acme/handbook (write)`. */
export function titleOf({ kind, name, level }: PlannedEntitlement): string {
  const what = kind[0].toLocaleUpperCase('en-US') + kind.slice(1);
  return `${what} ${name}${level ? ` (${level})` : ''}`;
}
