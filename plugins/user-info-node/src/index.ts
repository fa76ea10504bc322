/**
 * Backstage's user info service with the memberships that the catalog has now.
 *
 * @packageDocumentation
 */
export { currentUserInfoServiceFactory as default } from './userInfoServiceFactory';
