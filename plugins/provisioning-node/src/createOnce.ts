import { isServiceError } from '@formulary/service-client-node';
import { JsonValue } from '@backstage/types';

/** @public */
export interface CreateOnceOptions<T extends JsonValue> {
  /** `ctx.checkpoint` of the scaffolder's action. */
  checkpoint<V extends JsonValue | void>(options: {
    key: string;
    fn: () => Promise<V> | V;
  }): Promise<V>;
  /** What is made, the same whenever the step runs again. */
  key: string;
  /** Looks for it by what can be there only once. */
  find(): Promise<T | undefined>;
  create(): Promise<T>;
}

/**
 * Looks before it creates, and looks again when somebody else was faster or the
 * answer to the create was lost.
 *
 * What the first look saw is stored before anything is made. A step that is
 * repeated after a crash makes nothing twice, and still knows what it made
 * itself, so that a rollback covers it.
 *
 * @returns what there is now, and whether it had to be made
 * @throws what `find` and `create` throw
 * @public
 */
export async function createOnce<T extends JsonValue>(
  options: CreateOnceOptions<T>,
): Promise<{ value: T; created: boolean }> {
  const { checkpoint, key, find, create } = options;
  let isFirstRun = false;
  const { before } = await checkpoint({
    key: `${key}.before`,
    fn: async () => {
      isFirstRun = true;
      return { before: (await find()) ?? null };
    },
  });
  if (before !== null) return { value: before, created: false };
  return checkpoint({
    key,
    fn: async () => {
      const unnoticed = isFirstRun ? undefined : await find();
      if (unnoticed !== undefined) return { value: unnoticed, created: true };
      try {
        return { value: await create(), created: true };
      } catch (error) {
        if (!isServiceError(error, 'conflict', 'unavailable')) throw error;
        const other = await find();
        if (other === undefined) throw error;
        return { value: other, created: error.kind === 'unavailable' };
      }
    },
  });
}
