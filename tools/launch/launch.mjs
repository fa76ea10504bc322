import { Problem } from './problem.mjs';

/** Oldest Node.js that the launcher itself runs on. */
const OLDEST_NODE = 18;

/** @throws Problem when this Node.js is too old to run the launcher's own tools */
export function checkNode(version = process.versions.node) {
  if (Number(version.split('.')[0]) < OLDEST_NODE) {
    throw new Problem(
      `Node.js ${version} is too old. Install Node.js ${OLDEST_NODE} or newer; Formulary fetches the version it runs on by itself.`,
    );
  }
}

function report(error) {
  const text = error instanceof Problem ? error.message : error.stack;
  process.stderr.write(`\n${text}\n`);
}

/**
 * Runs a command of the launcher and ends the process with its exit code. A
 * problem is printed as its sentences, anything unexpected with its stack, and
 * whatever the command started is stopped, however it ended.
 *
 * @param load - imports the command; loaded late, because an old Node.js
 *   already stumbles over the imports of the commands
 */
export async function launch(load) {
  try {
    checkNode();
    const { supervised } = await import('./children.mjs');
    const command = await load();
    process.exitCode = await supervised(command.run, report);
  } catch (error) {
    report(error);
    process.exitCode = 1;
  }
}
