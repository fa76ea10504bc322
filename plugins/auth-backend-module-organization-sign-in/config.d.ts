export interface Config {
  auth?: {
    /** Who may sign in through OIDC, and how they are found in the catalog. */
    organizationSignIn?: {
      /**
       * Annotation of catalog users that holds the identity provider's subject.
       * Default `keycloak.org/id`.
       */
      subjectAnnotation?: string;

      /**
       * Aliases of organisations whose members may sign in; `*` is any organisation.
       * Default none.
       */
      allowedOrganizations?: string[];

      /** Domains of verified e-mail addresses whose owners may sign in. Default none. */
      allowedEmailDomains?: string[];

      /**
       * Whether somebody whom a rule admits may sign in before the organisation sync
       * has brought them into the catalog. Default true.
       */
      createUsers?: boolean;

      /**
       * Seconds that somebody whom the catalog does not know yet waits for the
       * organisation sync to bring them, with their groups. 0 to 30; default 10.
       */
      waitForCatalogSeconds?: number;

      /** Whom a refused person should ask. Default `your platform team`. */
      contact?: string;
    };
  };
}
