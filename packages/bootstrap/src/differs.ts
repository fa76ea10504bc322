import { isDeepStrictEqual } from 'node:util';

/**
 * Whether something that is there lacks a part of what is wanted. What is there
 * and not asked about does not matter, nor the order of lists of texts.
 */
export function differs(present: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted) && Array.isArray(present)) {
    return !isDeepStrictEqual([...present].sort(), [...wanted].sort());
  }
  if (isRecord(wanted)) {
    return (
      !isRecord(present) ||
      Object.entries(wanted).some(([key, value]) =>
        differs(present[key], value),
      )
    );
  }
  return present !== wanted;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
