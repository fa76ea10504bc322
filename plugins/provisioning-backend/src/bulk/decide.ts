import {
  BulkOperation,
  BulkPreviewLine,
} from '@formulary/plugin-provisioning-common';
import { DefaultRules } from '../defaults/DefaultRules';
import { KnownPerson } from '../identity/PersonLookup';

/** What is to be done for a person, and why not. */
export type Decision = Pick<BulkPreviewLine, 'verdict' | 'message'>;

/** Operations that need no more than the person's name, as all their accounts are meant. */
export type Offboarding = Exclude<BulkOperation, 'onboard' | 'update'>;

export function isOffboarding(
  operation: BulkOperation,
): operation is Offboarding {
  return operation !== 'onboard' && operation !== 'update';
}

/** Says that nothing can be done, and why. */
export function refused(message: string): Decision {
  return { verdict: 'refused', message };
}

function unchanged(message: string): Decision {
  return { verdict: 'unchanged', message };
}

/** Whether a person's accounts are to be prepared, in all that the defaults give when no services are chosen. */
export function decideOnboard(
  { person, lifecycle, activeIn }: KnownPerson,
  services: string[] | undefined,
  rules: DefaultRules,
): Decision {
  const { state, reason } = lifecycle ?? { state: 'active' };
  if (state === 'suspended') return suspended(reason);
  if (state === 'removed') {
    return refused(
      `The person's accounts were removed (${reason}). Prepare new ones for them alone`,
    );
  }
  // What the defaults give somebody who was never met is not known here.
  if (!person) return { verdict: 'onboard' };
  const defaults = rules.for(person);
  const wanted = services ?? [...defaults.services.keys()];
  // Whether somebody has what is given besides accounts, only the services know.
  if (wanted.some(service => defaults.entitlements.has(service))) {
    return { verdict: 'onboard' };
  }
  return wanted.every(service => activeIn.includes(service))
    ? unchanged('Has these accounts already')
    : { verdict: 'onboard' };
}

/** Whether accounts that a person has are to be brought up to date. */
export function decideUpdate({ userRef, lifecycle }: KnownPerson): Decision {
  if (!lifecycle) {
    return refused(
      `Provisioning has made no accounts for ${userRef} so far. Prepare them instead`,
    );
  }
  const { state, reason } = lifecycle;
  if (state === 'suspended') return suspended(reason);
  return state === 'removed'
    ? refused(
        `The person's accounts were removed (${reason}). Prepare new ones for them alone`,
      )
    : { verdict: 'update' };
}

/** Whether all accounts of a person are to be blocked, given back or deleted. */
export function decideOffboarding(
  { userRef, lifecycle }: KnownPerson,
  operation: Offboarding,
): Decision {
  if (!lifecycle) {
    return refused(`Provisioning has made no accounts for ${userRef} so far`);
  }
  const { state } = lifecycle;
  const reason = lifecycle.reason ? ` (${lifecycle.reason})` : '';
  switch (operation) {
    case 'suspend':
      if (state === 'suspended') {
        return unchanged(
          `Is suspended already${reason}. What failed then is tried again under Runs`,
        );
      }
      if (state === 'removed') {
        return unchanged(`The accounts were removed${reason}`);
      }
      break;
    case 'restore':
      if (state === 'active') return unchanged('Is not suspended');
      if (state === 'removed') {
        return refused(
          `The accounts were removed${reason}. Prepare new ones instead`,
        );
      }
      break;
    default:
      if (state === 'active') {
        return refused(
          'The accounts are in use. Suspend them first, and remove them when nobody misses them',
        );
      }
      if (state === 'removed') {
        return unchanged(
          `The accounts were removed already${reason}. What failed then is tried again under Runs`,
        );
      }
  }
  return { verdict: operation };
}

function suspended(reason: string | undefined): Decision {
  return {
    verdict: 'suspended',
    message: `The person is suspended (${reason}). Restore them under People first`,
  };
}
