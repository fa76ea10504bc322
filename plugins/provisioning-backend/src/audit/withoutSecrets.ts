const SECRET_KEY =
  /passw|secret|token|authorization|credential|cookie|api[-_]?key/i;

/** A value as JSON will have it, with what goes by the name of a secret left out. */
export function withoutSecrets(value: unknown): string {
  return JSON.stringify(value, (key, inner) =>
    SECRET_KEY.test(key) ? '[secret]' : inner,
  );
}
