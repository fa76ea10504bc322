import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { BootstrapError } from './BootstrapError';
import { readEnvFile, writeEnvFile } from './envFile';

/** Letters and digits only: the values stand in connection strings and on command lines. */
function secret(): string {
  return randomBytes(24).toString('hex');
}

/** A value that satisfies password rules: upper case, lower case, digit and a sign. */
function password(): string {
  return `Aa1-${randomBytes(15).toString('hex')}`;
}

/**
 * Makes the environment file from its example: what the example leaves empty
 * and names a secret gets a random value, what the file has already stays.
 *
 * @returns names of the variables that got a random value
 * @throws BootstrapError when there is no example
 */
export function writeSecrets(example: string, file: string): string[] {
  if (!existsSync(example)) {
    throw new BootstrapError(
      `${example} does not exist. Run this in deploy/compose, or name the folder with --directory`,
    );
  }
  const wanted = parseEnv(readFileSync(example, 'utf8'));
  const present = readEnvFile(file);
  const made: string[] = [];
  const variables = { ...present };
  for (const [name, value = ''] of Object.entries(wanted)) {
    if (present[name]) continue;
    if (value === '' && name.endsWith('_PASSWORD')) {
      variables[name] = password();
      made.push(name);
    } else if (value === '' && /_(SECRET|KEY)$/.test(name)) {
      variables[name] = secret();
      made.push(name);
    } else {
      variables[name] = value;
    }
  }
  if (made.length > 0 || Object.keys(variables).some(n => !(n in present))) {
    writeEnvFile(
      file,
      variables,
      'Made from .env.example by "bootstrap secrets"; values stay once they are there.',
    );
  }
  return made.sort();
}
