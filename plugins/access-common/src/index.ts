/**
 * Types, permission and API client of the access plugin.
 *
 * @packageDocumentation
 */
export type { AccessApi, AccessCallOptions } from './AccessApi';
export { AccessClient, type AccessClientOptions } from './AccessClient';
export * from './permissions';
export * from './schemas';
export type {
  AccessFormula,
  AccessGroup,
  AccessOutcome,
  AccessPermission,
  AccessReason,
  AccessReport,
  AccessRole,
} from './types';
