import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { JsonObject } from '@backstage/types';

/** What the scaffolder stores of a task, for {@link attemptAction} to go on with. */
export type KeptCheckpoints = Map<string, unknown>;

/**
 * Runs an action as the scaffolder does, with checkpoints that survive.
 *
 * @returns what it put out and wrote to its log, and its failure if it failed
 */
export async function attemptAction(
  // Each action's context has types of its own; a test gives what all of them use.
  action: { handler(context: never): Promise<void> },
  input: JsonObject,
  options: {
    checkpoints?: KeptCheckpoints;
    isDryRun?: boolean;
    signal?: AbortSignal;
    workspacePath?: string;
    /** Key of the checkpoint after whose work, and before it is stored, the process dies. */
    dieAfter?: string;
  } = {},
) {
  const { checkpoints = new Map(), dieAfter, ...extra } = options;
  const output: Record<string, unknown> = {};
  const log: string[] = [];
  const context = {
    ...createMockActionContext({ input }),
    ...extra,
    output: (name: string, value: unknown) => {
      output[name] = value;
    },
    checkpoint: async <V>({
      key,
      fn,
    }: {
      key: string;
      fn: () => Promise<V> | V;
    }): Promise<V> => {
      if (checkpoints.has(key)) return checkpoints.get(key) as V;
      const value = await fn();
      if (key === dieAfter) throw new Error('the process died');
      checkpoints.set(key, value);
      return checkpoints.get(key) as V;
    },
  };
  for (const level of ['info', 'warn', 'error'] as const) {
    jest.spyOn(context.logger, level).mockImplementation((...line) => {
      log.push(String(line[0]));
    });
  }
  let error: Error | undefined;
  try {
    await action.handler(context as never);
  } catch (thrown) {
    error = thrown instanceof Error ? thrown : new Error(String(thrown));
  }
  return { output, log: log.join('\n'), error };
}
