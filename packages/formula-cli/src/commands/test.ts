import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '@backstage/errors';
import { findBundles } from '../bundle/findBundles';
import { SKELETON_TEST } from '../bundle/skeletonTest';
import { testSkeleton } from '../skeleton/testSkeleton';
import { count, finish, Outcome, print } from './report';

/** `formula test`: runs the tests of every skeleton that has some. */
export async function test(
  folders: string[],
  { report, timeLimit }: { report?: string; timeLimit: number },
): Promise<void> {
  if (!(timeLimit > 0)) {
    throw new InputError('The time limit must be a number of seconds');
  }
  const bundles = findBundles(folders).filter(
    // A folder that the user named is tested, or it is said why not.
    folder => folders.length > 0 || existsSync(join(folder, SKELETON_TEST)),
  );
  const outcomes: Outcome[] = [];
  for (const bundle of bundles) {
    const directory = await mkdtemp(join(tmpdir(), 'formula-test-'));
    try {
      const passed = await testSkeleton(bundle, {
        directory,
        limit: timeLimit,
        print,
      });
      outcomes.push({ bundle, passed });
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  }
  const failed = outcomes.filter(({ passed }) => !passed).length;
  print(`${count(outcomes.length, 'skeleton')}, ${failed} failed`);
  finish(outcomes, report);
}
