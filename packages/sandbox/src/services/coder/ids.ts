import { createHash } from 'node:crypto';

/** A UUID that is always the same for the same words, so that ids survive `--reset`. */
export function stableId(...words: string[]): string {
  const hex = createHash('sha256').update(words.join('\n')).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

/** How a token is stored. */
export function tokenId(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** Whether a text is a UUID. */
export function isUuid(value: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value);
}
