import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { logs, root } from './paths.mjs';
import { Problem } from './problem.mjs';

/** The last lines of a log, for an error message. */
export function tail(file, lines = 20) {
  return readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .slice(-lines)
    .join('\n');
}

/**
 * Runs a command to its end with its output in a log.
 *
 * @throws Problem with the last lines of the log when it fails
 */
export async function run(
  name,
  command,
  args,
  { env = process.env, cwd = root } = {},
) {
  mkdirSync(logs, { recursive: true });
  const file = join(logs, `${name}.log`);
  const log = openSync(file, 'w');
  const child = spawn(command, args, {
    cwd,
    env,
    stdio: ['ignore', log, log],
    shell: process.platform === 'win32',
  });
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (exitCode, signal) => resolve(exitCode ?? signal));
  });
  closeSync(log);
  if (code !== 0) {
    const output = tail(file);
    throw new Problem(
      `${
        explain(output) ?? `${name} failed (${code}).`
      }\n\nThe last lines of ${file}:\n${output}`,
    );
  }
}

/** The sentence for failures that everybody meets sooner or later. */
export function explain(output) {
  if (/ENOTFOUND|EAI_AGAIN|ENETUNREACH|ECONNREFUSED|ETIMEDOUT/.test(output)) {
    return 'The package registry can not be reached. Check the network, or the registry in your npm configuration, and start again.';
  }
  if (/ENOSPC|no space left/i.test(output)) {
    return 'The disk is full. Free about 4 GB and start again.';
  }
  return undefined;
}
