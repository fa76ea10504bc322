/** What was read of a realm cannot be all of it; nothing was changed. */
export class IncompleteReadingError extends Error {
  name = 'IncompleteReadingError' as const;

  constructor(realm: string, what: string) {
    super(
      `Keycloak's realm ${realm} could not be read as a whole: ${what}. Nothing was changed in the catalog; the next sync tries again. When it stays, look at Keycloak's log and at what the service account may see`,
    );
  }
}
