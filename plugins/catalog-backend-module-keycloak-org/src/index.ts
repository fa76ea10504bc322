/**
 * People, groups, roles and organisations of Keycloak in the catalog.
 *
 * @packageDocumentation
 */
export * from './annotations';
export { catalogModuleKeycloakOrg as default } from './module';
