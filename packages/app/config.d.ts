export interface Config {
  app?: {
    /**
     * What people know the identity provider by, on the sign-in page. Default `Keycloak`.
     *
     * @visibility frontend
     */
    identityProvider?: string;
  };
}
