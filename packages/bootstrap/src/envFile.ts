import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseEnv } from 'node:util';

/** Variables of a file of `NAME=value` lines; none when there is no such file. */
export function readEnvFile(file: string): Record<string, string> {
  try {
    return Object.fromEntries(
      Object.entries(parseEnv(readFileSync(file, 'utf8'))).flatMap(
        ([name, value]) => (value === undefined ? [] : [[name, value]]),
      ),
    );
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
}

/**
 * Writes variables as `NAME=value` lines, sorted, readable by the owner alone.
 *
 * The file is replaced at once, so that nobody ever reads half of it. What
 * Docker Compose and Node.js would read otherwise than it was meant is refused.
 *
 * @throws Error when a value has a quote, a `$`, a `#`, a backslash, or more than a line
 */
export function writeEnvFile(
  file: string,
  variables: Record<string, string>,
  heading: string,
): void {
  const lines = Object.entries(variables)
    .sort(([a], [b]) => a.localeCompare(b, 'en'))
    .map(([name, value]) => {
      if (/['"`$#\\\r\n]/.test(value)) {
        throw new Error(
          `${name} can't be written to ${file}: quotes, $, #, \\ and line breaks are not allowed in its value`,
        );
      }
      return `${name}=${value}`;
    });
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.new`;
  writeFileSync(draft, `# ${heading}\n${lines.join('\n')}\n`, { mode: 0o600 });
  renameSync(draft, file);
}
