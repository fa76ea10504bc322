/**
 * Prepares Keycloak, Gitea, Coder, Mattermost and Twenty for a portal.
 *
 * @packageDocumentation
 */
export { bootstrap } from './bootstrap';
export { BootstrapError } from './BootstrapError';
export { check, type Finding } from './check';
