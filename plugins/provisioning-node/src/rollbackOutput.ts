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
        service: z.string().describe('Id of the service'),
        description: z.string().describe('What undoing does, for people'),
        action: z.string().describe('Id of the action that undoes it'),
        input: z.record(z.unknown()).describe('Input of that action'),
      }),
    )
    .describe(
      'How what was created is undone, newest first; empty when all was there before',
    );
}
