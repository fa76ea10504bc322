import { loadBundle } from '../bundle/loadBundle';
import { SKELETON_TEST } from '../bundle/skeletonTest';
import { lineOf } from '../problem';
import { renderSkeleton } from './renderSkeleton';
import { runCommand } from './runCommand';
import { skeletonSteps } from './skeletonSteps';

/** How many lines of a failed command's output are shown. */
const SHOWN_LINES = 80;

/**
 * Fills in the skeleton of a bundle and runs the commands of its
 * `skeleton.test.json` one after the other, until one fails.
 *
 * @param options - `directory`: an empty folder to work in; `limit`: seconds for each command; `print`: takes a line of output
 * @returns whether all of them succeeded
 */
export async function testSkeleton(
  folder: string,
  options: { directory: string; limit: number; print: (line: string) => void },
): Promise<boolean> {
  const { directory, limit, print } = options;
  const { bundle, problems } = await loadBundle(folder);
  const { skeletonTest } = bundle;
  if (!skeletonTest || skeletonSteps(bundle).length === 0) {
    const reasons = problems.map(problem => `${folder}/${lineOf(problem)}`);
    print(
      reasons.length > 0
        ? reasons.join('\n')
        : `${folder}: there is no ${SKELETON_TEST} with a skeleton to test`,
    );
    return false;
  }
  await renderSkeleton(bundle, skeletonTest.values, directory);
  for (const command of skeletonTest.commands) {
    const { failure, seconds, output } = await runCommand(command, {
      cwd: directory,
      limit,
    });
    print(
      `${folder}: ${command.join(' ')}: ${failure ?? 'ok'} (${seconds.toFixed(
        1,
      )} s)`,
    );
    if (failure) {
      print(output.trimEnd().split('\n').slice(-SHOWN_LINES).join('\n'));
      return false;
    }
  }
  return true;
}
