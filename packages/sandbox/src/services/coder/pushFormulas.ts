import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CoderClient } from '@formulary/plugin-coder-node';

// The sandbox always runs from its sources, never from a build.
// eslint-disable-next-line no-restricted-syntax
const FORMULAS = resolve(__dirname, '../../../../../formulas');

/**
 * Pushes the Coder template of every formula of this repository, named after
 * the formula's folder. Content that Coder has already is left alone.
 *
 * @returns one line for each template that was pushed or could not be
 */
export async function pushFormulas(
  client: CoderClient,
  formulas = FORMULAS,
): Promise<string[]> {
  const lines: string[] = [];
  for (const name of existsSync(formulas) ? readdirSync(formulas) : []) {
    const directory = join(formulas, name, 'coder-template');
    if (!existsSync(directory)) continue;
    try {
      const { outcome } = await client.templates.push({
        name,
        directory,
        message: `Formula ${name}`,
        intervalMs: 100,
      });
      if (outcome !== 'unchanged') lines.push(`template ${name} ${outcome}`);
    } catch (error) {
      // One broken formula must not keep the others, or the sandbox, from starting.
      lines.push(
        `could not push the template ${name}: ${
          error instanceof Error ? error.message : error
        }`,
      );
    }
  }
  return lines;
}
