import { isServiceError } from '@formulary/service-client-node';

/** What {@link findOrCreate} ends with, and whether it had to be made. */
export type FoundOrCreated<T> = {
  value: T;
  created: boolean;
};

/**
 * Looks before it creates, and looks again when somebody else was faster or the
 * answer to the create was lost.
 */
export async function findOrCreate<T>(
  find: () => Promise<T | undefined>,
  create: () => Promise<T>,
): Promise<FoundOrCreated<T>> {
  const existing = await find();
  if (existing) return { value: existing, created: false };
  try {
    return { value: await create(), created: true };
  } catch (error) {
    if (!isServiceError(error, 'conflict', 'unavailable')) throw error;
    const other = await find();
    if (!other) throw error;
    return { value: other, created: error.kind === 'unavailable' };
  }
}
