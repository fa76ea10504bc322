import { createHash } from 'node:crypto';

/** How many refs people are shown. */
const SAMPLE = 50;

/** What a sync would remove, as people are told of it. */
export interface Removals {
  /** The same for the same refs. */
  digest: string;
  users: number;
  groups: number;
  /** Some of the refs. */
  sample: string[];
}

/** Describes what goes with some refs of users and groups. */
export function removalsOf(refs: string[]): Removals {
  const sorted = [...refs].sort();
  return {
    digest: createHash('sha256').update(sorted.join('\n')).digest('hex'),
    ...shownOf(sorted),
  };
}

/** How many people and groups some refs stand for, and some of them. */
export function shownOf(refs: string[]): Omit<Removals, 'digest'> {
  const users = refs.filter(ref => ref.startsWith('user:')).length;
  return {
    users,
    groups: refs.length - users,
    sample: refs.slice(0, SAMPLE),
  };
}
