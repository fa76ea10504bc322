/**
 * Typed client for Logto's Management API.
 *
 * @packageDocumentation
 */
export type { LogtoClientOptions, LogtoHttpOptions } from './LogtoCalls';
export { LogtoClient } from './LogtoClient';
export { organizationNames } from './organizationNames';
export type {
  LogtoMember,
  LogtoMembership,
  LogtoOrganization,
  LogtoRole,
  LogtoUser,
} from './representations';
