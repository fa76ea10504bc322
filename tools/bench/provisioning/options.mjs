import { parseArgs } from 'node:util';
import { Problem } from '../../launch/problem.mjs';

const DEFAULTS = {
  /** People whose accounts are made in bulk. */
  persons: 10_000,
  /** People who sign up one after the other while the services are slow. */
  signups: 40,
  /** People whose accounts are made by a scaffolder task each. */
  tasks: 200,
  /** Time in which webhooks arrive at a fixed rate. */
  seconds: 10,
};

/**
 * How much is measured: `--persons`, `--signups`, `--tasks` and `--seconds`.
 *
 * @throws Problem when one is no whole number above 0
 */
export function readOptions(argv) {
  const { values } = parseArgs({
    args: argv,
    options: Object.fromEntries(
      Object.keys(DEFAULTS).map(name => [name, { type: 'string' }]),
    ),
  });
  return Object.fromEntries(
    Object.entries(DEFAULTS).map(([name, fallback]) => [
      name,
      wholeNumber(name, values[name] ?? fallback),
    ]),
  );
}

function wholeNumber(name, value) {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1) {
    throw new Problem(`--${name} wants a whole number from 1, not "${value}".`);
  }
  return number;
}
