/**
 * Types, permissions and API client of the approvals plugin.
 *
 * @packageDocumentation
 */
export type {
  ApprovalsApi,
  ApprovalsCallOptions,
  ApprovalsPage,
} from './ApprovalsApi';
export {
  ApprovalsClient,
  type ApprovalsClientOptions,
} from './ApprovalsClient';
export * from './permissions';
export * from './schemas';
export { APPROVALS_CHANNEL, type ApprovalSignal } from './signals';
export * from './types';
