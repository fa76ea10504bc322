/**
 * How a module that syncs organisation data is called.
 *
 * @public
 */
export interface ModuleNames {
  /** Its id in the catalog, in paths and in the names of its providers: `keycloak-org`. */
  moduleId: string;
  /** Where its providers are configured: `catalog.providers.keycloakOrg`. */
  configKey: string;
  /** Name of the identity provider, for people. */
  title: string;
}
