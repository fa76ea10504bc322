import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Whether a body was signed with a secret: hexadecimal HMAC-SHA256 over the
 * bytes as they came. Takes the same time wherever a signature differs.
 */
export function isSigned(
  body: Buffer,
  signature: string | undefined,
  secret: string,
): boolean {
  const expected = createHmac('sha256', secret).update(body).digest();
  const given = Buffer.from(
    /^[0-9a-f]{64}$/i.test(signature ?? '') ? signature! : '',
    'hex',
  );
  return given.length === expected.length && timingSafeEqual(given, expected);
}
