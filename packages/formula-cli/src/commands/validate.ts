import { findBundles } from '../bundle/findBundles';
import { checkBundle } from '../checks/checkBundle';
import { lineOf } from '../problem';
import { count, finish, Outcome, print } from './report';

/** `formula validate`: prints every problem of every bundle. */
export async function validate(
  folders: string[],
  { report }: { report?: string },
): Promise<void> {
  const outcomes: Outcome[] = [];
  let total = 0;
  for (const bundle of findBundles(folders)) {
    const problems = await checkBundle(bundle);
    total += problems.length;
    outcomes.push({ bundle, passed: problems.length === 0 });
    for (const problem of problems) print(`${bundle}/${lineOf(problem)}`);
    if (problems.length === 0) print(`${bundle}: ok`);
  }
  print(`${count(outcomes.length, 'bundle')}, ${count(total, 'problem')}`);
  finish(outcomes, report);
}
