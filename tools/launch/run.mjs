import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Child } from './children.mjs';
import { logs } from './paths.mjs';
import { Problem } from './problem.mjs';

const SHOWN_LINES = 20;
const SHOWN_CHARACTERS = 300;

/** The last lines of a text, none of them longer than a person reads. */
const tail = text =>
  text
    .split('\n')
    .filter(line => line.trim())
    .slice(-SHOWN_LINES)
    .map(line => line.slice(0, SHOWN_CHARACTERS))
    .join('\n');

/**
 * Runs a command to its end with its output in a log.
 *
 * @param options - of `Child`, and `reasonOf`: the sentence for a failure, from the output
 * @throws Problem with the last lines of the log when it fails
 */
export async function run(
  name,
  command,
  args,
  { reasonOf = () => undefined, ...options } = {},
) {
  mkdirSync(logs, { recursive: true });
  const file = join(logs, `${name}.log`);
  const log = openSync(file, 'w');
  const child = new Child(command, args, { ...options, stdio: [log, log] });
  closeSync(log);
  const outcome = await child.ended;
  if (outcome !== 0) {
    const output = readFileSync(file, 'utf8');
    const reason =
      reasonOf(output) ?? `The step "${name}" failed (${outcome}).`;
    throw new Problem(
      `${reason}\n\nThe last lines of ${file}:\n${tail(output)}`,
    );
  }
}

const SENTENCES = [
  [
    /ENOSPC|no space left/i,
    'The disk is full. Free about 4 GB and start again.',
  ],
  [
    /SELF_SIGNED|self-signed certificate|UNABLE_TO_(GET|VERIFY)|unable to (get|verify)/,
    "The package registry's certificate is not trusted on this machine. Let NODE_EXTRA_CA_CERTS name the file with your network's certificate and start again.",
  ],
  [
    /ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ERR_SOCKET/,
    'The package registry can not be reached. Check the network, and the registry and proxy in your npm configuration, and start again.',
  ],
];

/** The sentence for failures of an installation that everybody meets sooner or later. */
export const explain = output =>
  SENTENCES.find(([pattern]) => pattern.test(output))?.[1];
