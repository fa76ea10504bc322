/**
 * OIDC sign-in that knows organisations.
 *
 * @packageDocumentation
 */
export { authModuleOrganizationSignIn as default } from './module';
