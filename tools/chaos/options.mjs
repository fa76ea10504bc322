import { parseArgs } from 'node:util';
import { Problem } from '../launch/problem.mjs';

const SHORT = { persons: 40, kills: 4, restarts: 1, replicas: 1 };
const LONG = { persons: 500, kills: 20, restarts: 2, replicas: 2 };

/**
 * How hard the test is: `--long` for the long form, `--seed N` to repeat a run.
 *
 * @throws Problem when the seed is no number
 */
export function readOptions(argv, now = Date.now()) {
  const { values } = parseArgs({
    args: argv,
    options: { long: { type: 'boolean' }, seed: { type: 'string' } },
  });
  const seed = values.seed === undefined ? now % 2 ** 31 : Number(values.seed);
  if (!Number.isInteger(seed) || seed < 0) {
    throw new Problem(`--seed wants a whole number, not "${values.seed}".`);
  }
  return { ...(values.long ? LONG : SHORT), seed };
}
