import type {
  BulkJob,
  BulkOperation,
  BulkPreview,
  BulkVerdict,
} from '@formulary/plugin-provisioning-common';
import type { Look } from '../StateText';
import { BULK_VERDICTS, shortName } from '../words';

interface OperationWords {
  /** In a list of what can be done. */
  title: string;
  /** Of whom it was done to. */
  done: string;
  /** Of whom it was done to before. */
  unchanged: string;
  /** On the button that begins it, for a number of people. */
  begin(count: number): string;
}

const people = (count: number) =>
  count === 1 ? '1 person' : `${count} people`;

/** How each operation is spoken of. */
export const BULK_OPERATIONS: Record<BulkOperation, OperationWords> = {
  onboard: {
    title: 'Prepare accounts',
    done: 'prepared',
    unchanged: 'had their accounts already',
    begin: count => `Prepare the accounts of ${count}`,
  },
  update: {
    title: 'Bring accounts up to date',
    done: 'brought up to date',
    unchanged: 'had nothing to do',
    begin: count => `Bring ${people(count)} up to date`,
  },
  suspend: {
    title: 'Suspend',
    done: 'suspended',
    unchanged: 'had nothing to do',
    begin: count => `Suspend ${people(count)} …`,
  },
  restore: {
    title: 'Restore',
    done: 'restored',
    unchanged: 'had nothing to do',
    begin: count => `Restore ${people(count)}`,
  },
  remove: {
    title: 'Remove accounts',
    done: 'removed',
    unchanged: 'had nothing to do',
    begin: count => `Remove the accounts of ${people(count)} …`,
  },
};

const OUTCOMES: [keyof BulkJob['counts'], string | undefined][] = [
  ['waiting', 'waiting'],
  ['running', 'under way'],
  ['succeeded', undefined],
  ['failed', 'failed'],
  ['cancelled', 'cancelled'],
  ['unchanged', undefined],
  ['suspended', 'left suspended'],
  ['refused', 'not possible'],
];

/** How many lines became what, leaving out what happened to none. */
export function countsInWords({
  operation,
  counts,
}: Pick<BulkJob, 'operation' | 'counts'>): string {
  const { done, unchanged } = BULK_OPERATIONS[operation];
  return OUTCOMES.filter(([state]) => counts[state] > 0)
    .map(([state, words]) => {
      const own = state === 'succeeded' ? done : unchanged;
      return `${counts[state]} ${words ?? own}`;
    })
    .join(', ');
}

/** How many lines would lead to what. */
export function previewInWords(
  { lines, counts }: BulkPreview,
  operation: BulkOperation,
): string {
  const { unchanged, suspended, refused } = counts;
  const verb = BULK_VERDICTS[operation].words.toLocaleLowerCase('en-US');
  const parts = [
    `${counts[operation] ?? 0} to ${verb}`,
    operation === 'onboard'
      ? `${unchanged} have their accounts already`
      : `${unchanged} with nothing to do`,
    ...(operation === 'onboard' || operation === 'update'
      ? [`${suspended} suspended`]
      : []),
    `${refused} not possible`,
  ];
  return `${
    lines.length === 1 ? '1 line' : `${lines.length} lines`
  }: ${parts.join(', ')}.`;
}

/** What lines of a preview can be, for an operation. */
export function verdictsOf(operation: BulkOperation): BulkVerdict[] {
  return [operation, 'unchanged', 'suspended', 'refused'];
}

/** For whom a bulk job is. */
export function sourceInWords({ source, group }: BulkJob): string {
  if (group) return `Group ${group.replace(/^.*\//, '')}`;
  return source === 'persons' ? 'Chosen people' : 'File';
}

/** Some people by name, and how many more there are. */
export function namesInWords(refs: string[]): string {
  const shown = refs.slice(0, 5).map(shortName);
  const more = refs.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
}

/** The state of a bulk job, and whether somebody should look at it. */
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
