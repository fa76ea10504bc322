import { Bundle } from '../bundle/Bundle';
import { loadBundle } from '../bundle/loadBundle';
import { Problem } from '../problem';
import { checkActions } from './checkActions';
import { checkClaude } from './checkClaude';
import { checkDocuments } from './checkDocuments';
import { checkPresets } from './checkPresets';
import { checkSkeleton } from './checkSkeleton';
import { checkSkeletonTest } from './checkSkeletonTest';
import { checkTemplate } from './checkTemplate';
import { checkVersions } from './checkVersions';
import { checkWorkspaceParameters } from './checkWorkspaceParameters';

/** Looks at one side of a bundle and names what does not fit. */
export type Check = (bundle: Bundle) => Problem[] | Promise<Problem[]>;

const checks: Check[] = [
  checkDocuments,
  checkTemplate,
  checkActions,
  checkVersions,
  checkWorkspaceParameters,
  checkPresets,
  checkClaude,
  checkSkeleton,
  checkSkeletonTest,
];

/** Everything that is wrong with the bundle in a folder; empty when it fits together. */
export async function checkBundle(folder: string): Promise<Problem[]> {
  const { bundle, problems } = await loadBundle(folder);
  const found = await Promise.all(checks.map(async check => check(bundle)));
  return [...problems, ...found.flat()];
}
