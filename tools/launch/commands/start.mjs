import { existsSync, rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { interrupted } from '../children.mjs';
import { greeting } from '../greeting.mjs';
import { sandbox } from '../paths.mjs';
import { checkPorts } from '../ports.mjs';
import { buildFrontend, prepare } from '../prepare.mjs';
import { Problem } from '../problem.mjs';
import { note, step } from '../progress.mjs';
import { startBackend, startSandbox } from '../stack.mjs';
import { troubleOf, withoutRepeats } from '../trouble.mjs';

function options() {
  try {
    return parseArgs({ options: { reset: { type: 'boolean' } } }).values;
  } catch (error) {
    throw new Problem(
      `${error.message}. "npm start" knows one option: "npm start -- --reset" forgets all data of the sandbox.`,
    );
  }
}

const tell = withoutRepeats(text => note(`  ${text}`));

function showTrouble(line) {
  const trouble = troubleOf(line);
  // While everything stops, one thing misses another: no news to anybody.
  if (trouble && !interrupted.aborted) tell(trouble);
}

/** `npm start`: everything from a fresh clone to a running portal, until somebody stops it. */
export async function run() {
  const { reset } = options();
  // Also what keeps --reset from taking the data away from a running portal.
  await checkPorts();
  if (reset && existsSync(sandbox)) {
    await step('Forgetting the data of the sandbox', async () =>
      rmSync(sandbox, { recursive: true }),
    );
  }
  const paths = await prepare();
  await buildFrontend(paths);
  const box = await step('Starting the sandbox', () => startSandbox(paths));
  const backend = await step('Starting the portal', () =>
    Promise.race([startBackend(paths, showTrouble), box.failure]),
  );
  process.stdout.write(greeting());
  await Promise.race([box.failure, backend.failure]);
}
