import { createHash } from 'node:crypto';

/** A UUID that is the same in every sandbox, for what is no row of its own: the realm, a client. */
export function stableId(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

/** Id of the user that a client's service account is. */
export const serviceAccountId = (clientId: string) =>
  stableId(`service account of ${clientId}`);
