/**
 * Calls of Keycloak's Admin REST API, as a service account.
 *
 * @packageDocumentation
 */
export { KeycloakCalls, type KeycloakCallsOptions } from './KeycloakCalls';
