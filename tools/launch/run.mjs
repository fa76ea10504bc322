import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Child } from './children.mjs';
import { logs } from './paths.mjs';
import { Problem } from './problem.mjs';

/** The last lines of a text, for an error message. */
export const tail = (text, lines = 20) =>
  text.trimEnd().split('\n').slice(-lines).join('\n');

/**
 * Runs a command to its end with its output in a log.
 *
 * @throws Problem with the last lines of the log when it fails
 */
export async function run(name, command, args, options = {}) {
  mkdirSync(logs, { recursive: true });
  const file = join(logs, `${name}.log`);
  const log = openSync(file, 'w');
  const child = new Child(command, args, { ...options, stdio: [log, log] });
  closeSync(log);
  const outcome = await child.ended;
  if (outcome !== 0) {
    const output = readFileSync(file, 'utf8');
    const reason = explain(output) ?? `The step "${name}" failed (${outcome}).`;
    throw new Problem(
      `${reason}\n\nThe last lines of ${file}:\n${tail(output)}`,
    );
  }
}

/** The sentence for failures that everybody meets sooner or later. */
export function explain(output) {
  if (
    /ENOTFOUND|EAI_AGAIN|ENETUNREACH|ECONNREFUSED|ECONNRESET|ETIMEDOUT/.test(
      output,
    )
  ) {
    return 'The package registry can not be reached. Check the network, and the registry or proxy in your npm configuration, and start again.';
  }
  if (/ENOSPC|no space left/i.test(output)) {
    return 'The disk is full. Free about 4 GB and start again.';
  }
  return undefined;
}
