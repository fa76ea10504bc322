/**
 * What was read of an identity provider cannot be all of it; nothing was changed.
 *
 * @public
 */
export class IncompleteReadingError extends Error {
  name = 'IncompleteReadingError' as const;

  /**
   * @param source - such as `Keycloak's realm main`
   * @param what - what is missing
   */
  constructor(source: string, what: string) {
    super(
      `${source} could not be read as a whole: ${what}. Nothing was changed in the catalog; the next sync tries again. When it stays, look at the identity provider's log and at what the account that reads may see`,
    );
  }
}
