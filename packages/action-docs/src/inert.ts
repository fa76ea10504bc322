/** Something that may be handed on, but fails as soon as it is used. */
export function inert<T extends object>(name: string): T {
  return new Proxy({} as T, {
    get(_, key) {
      throw new Error(
        `${name}.${String(
          key,
        )} is used while an action is made, and not when it runs`,
      );
    },
  });
}
