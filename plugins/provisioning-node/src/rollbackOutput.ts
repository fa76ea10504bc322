import { z as zod } from 'zod/v3';

/**
 * Schema of the output `rollback` of an action that makes something: a list of
 * `RollbackStep`, empty when nothing was made.
 *
 * @param z - the scaffolder's zod, as `createTemplateAction` hands it over
 * @public
 */
export function rollbackOutput(z: typeof zod) {
  return z
    .array(
      z.object({
        service: z.string(),
        description: z.string(),
        action: z.string(),
        input: z.record(z.unknown()),
      }),
    )
    .describe(
      'How what was created is undone, newest first; empty when all was there before',
    );
}
