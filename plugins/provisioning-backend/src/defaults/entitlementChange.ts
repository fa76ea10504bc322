import { Entitlement } from '@formulary/plugin-provisioning-common';
import { ObservedEntitlement } from '@formulary/plugin-provisioning-node';
import { RecordedEntitlement } from '../database/EntitlementStore';
import { isAtLeast, isSame } from './DefaultRules';

/** What is to be done about something that a rule gives. */
export function giveOrKeep(
  wanted: Entitlement,
  recorded: RecordedEntitlement | undefined,
  seen: ObservedEntitlement,
  levels?: string[],
): 'give' | 'keep' {
  if (!seen.there) return isDone(recorded) ? 'keep' : 'give';
  // A level that somebody raised by hand is not lowered.
  const isLowered =
    recorded?.given === true &&
    recorded.level !== wanted.level &&
    recorded.level === seen.level;
  return isAtLeast(levels, seen.level, wanted.level) && !isLowered
    ? 'keep'
    : 'give';
}

/** Whether something is given once and was: it is not given again when the person has thrown it away. */
export function isDone(recorded: RecordedEntitlement | undefined): boolean {
  return recorded?.once === true && recorded.given;
}

/** Whether something that a rule gave is not owed to a rule any more. */
export function isObsolete(
  recorded: RecordedEntitlement,
  wanted: Entitlement[],
  levels?: string[],
): boolean {
  const same = wanted.find(each => isSame(each, recorded));
  return (
    !same ||
    // What was there by hand does already.
    (recorded.levelBefore !== undefined &&
      isAtLeast(levels, recorded.levelBefore, same.level))
  );
}

/** Something given, as people call it. */
export function nameOf({ kind, name, level }: Entitlement): string {
  return `${kind} ${name}${level ? ` (${level})` : ''}`;
}
