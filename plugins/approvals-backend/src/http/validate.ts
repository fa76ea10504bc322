import { InputError } from '@backstage/errors';
import { z } from 'zod';

/**
 * Checks what a client sent.
 *
 * @throws InputError that says which field is wrong
 */
export function validate<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (!result.success) throw new InputError(z.prettifyError(result.error));
  return result.data;
}
