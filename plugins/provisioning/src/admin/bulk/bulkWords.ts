import type { BulkJob } from '@formulary/plugin-provisioning-common';
import type { Look } from '../StateText';

const OUTCOMES: [keyof BulkJob['counts'], string][] = [
  ['waiting', 'waiting'],
  ['running', 'under way'],
  ['succeeded', 'prepared'],
  ['failed', 'failed'],
  ['cancelled', 'cancelled'],
  ['unchanged', 'had their accounts already'],
  ['suspended', 'suspended'],
  ['refused', 'not possible'],
];

/** How many lines became what, leaving out what happened to none. */
export function countsInWords(counts: BulkJob['counts']): string {
  return OUTCOMES.filter(([state]) => counts[state] > 0)
    .map(([state, words]) => `${counts[state]} ${words}`)
    .join(', ');
}

/** The state of a bulk onboarding, and whether somebody should look at it. */
export function stateOfJob({ state, counts }: BulkJob): {
  look: Look;
  words: string;
} {
  if (state === 'running') return { look: 'working', words: 'Under way' };
  const open = counts.failed + counts.refused;
  return open > 0
    ? { look: 'bad', words: `Done, but for ${open}` }
    : { look: 'good', words: 'Done' };
}
