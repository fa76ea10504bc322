/**
 * Milliseconds until another try makes sense, from `Retry-After`, which is a
 * number of seconds or an HTTP date (RFC 9110, section 10.2.3).
 *
 * @param now - the current time, in milliseconds since the epoch
 */
export function retryAfterMs(
  headers: Headers,
  now: number,
): number | undefined {
  const value = headers.get('retry-after');
  if (!value) return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
