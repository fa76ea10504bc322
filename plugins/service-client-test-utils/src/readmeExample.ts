import { readFileSync } from 'node:fs';

/**
 * The first TypeScript example of a README.
 *
 * @throws Error when there is none
 * @public
 */
export function readmeExample(path: string): string {
  const [, code] =
    readFileSync(path, 'utf8').match(/^```ts\n([\s\S]*?)^```$/m) ?? [];
  if (!code) throw new Error(`${path} has no example in TypeScript`);
  return code;
}
