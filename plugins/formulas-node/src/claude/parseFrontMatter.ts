import { isError } from '@backstage/errors';
import { parse } from 'yaml';
import { z } from 'zod';

const block = /^\uFEFF?---\r?\n([\s\S]*?)\r?\n---(\r?\n|$)/;

const capability = z.object({
  name: z.string().trim().min(1),
  description: z.string().trim().min(1),
});

/**
 * Name and description from the YAML block at the start of a skill's or an
 * agent's file.
 *
 * @throws Error that says for people what is wrong with the block
 *
 * @public
 */
export function parseFrontMatter(text: string): z.infer<typeof capability> {
  const yaml = block.exec(text)?.[1];
  if (yaml === undefined) {
    throw new Error('The file does not start with a YAML block.');
  }
  let value: unknown;
  try {
    value = parse(yaml);
  } catch (error) {
    const [reason] = isError(error) ? error.message.split('\n') : ['unknown'];
    throw new Error(`Its YAML block cannot be read: ${reason}`);
  }
  const result = capability.safeParse(value);
  if (!result.success) {
    throw new Error('Its YAML block must have a name and a description.');
  }
  return result.data;
}
