/**
 * Types, permissions and API client of the provisioning plugin.
 *
 * @packageDocumentation
 */
export * from './permissions';
export type {
  Page,
  ProvisioningApi,
  ProvisioningCallOptions,
} from './ProvisioningApi';
export {
  ProvisioningClient,
  type ProvisioningClientOptions,
} from './ProvisioningClient';
export type { RollbackStep } from './rollback';
export type {
  PersonStatus,
  ProvisioningEvent,
  RequestedRun,
  Run,
  RunKind,
  RunSource,
  RunState,
  Step,
  StepOutcome,
  StepState,
} from './runs';
export * from './schemas';
export type {
  Account,
  AccountState,
  Person,
  ServiceId,
  ServiceInfo,
  ServiceStatus,
} from './types';
