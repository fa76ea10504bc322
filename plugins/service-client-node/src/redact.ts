/**
 * Replaces every secret in a text, so that it can be logged or shown.
 *
 * @public
 */
export function redact(text: string, secrets: string[]): string {
  return secrets
    .filter(secret => secret.length > 0)
    .reduce((clean, secret) => clean.replaceAll(secret, '***'), text);
}
