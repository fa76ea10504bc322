import { isServiceError } from '@formulary/service-client-node';

/**
 * Looks before it creates, and looks again when somebody else was faster or the
 * answer to the create was lost.
 */
export async function findOrCreate<T>(
  find: () => Promise<T | undefined>,
  create: () => Promise<T>,
): Promise<{ value: T; created: boolean }> {
  const existing = await find();
  if (existing) return { value: existing, created: false };
  try {
    return { value: await create(), created: true };
  } catch (error) {
    if (!isServiceError(error, 'conflict', 'unavailable')) throw error;
    const made = await find();
    if (!made) throw error;
    return { value: made, created: error.kind === 'unavailable' };
  }
}
