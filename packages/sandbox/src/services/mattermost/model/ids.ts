import { randomBytes } from 'node:crypto';

/** The server's own base32 alphabet (server/public/model/utils.go, `encoding`). */
const ALPHABET = 'ybndrfg8ejkmcpqxot1uwisza345h769';

/** A new id or token: 128 random bits as 26 characters. */
export function newId(): string {
  let value = BigInt(`0x${randomBytes(16).toString('hex')}`);
  // 26 characters hold 130 bits; the last two of the last one are padding.
  value *= 4n;
  let id = '';
  for (let index = 0; index < 26; index += 1) {
    id = ALPHABET[Number(value % 32n)] + id;
    value /= 32n;
  }
  return id;
}

/** Whether a text has the form of an id: 26 letters or digits (`model.IsValidId`). */
export function isValidId(value: unknown): value is string {
  return typeof value === 'string' && /^[\p{L}\p{N}]{26}$/u.test(value);
}
