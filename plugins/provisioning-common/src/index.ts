/**
 * Types, permissions and API client of the provisioning plugin.
 *
 * @packageDocumentation
 */
export * from './audit';
export * from './bulk';
export * from './bulkSchemas';
export * from './entitlements';
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
export type {
  AppliedDrifts,
  Drift,
  DriftAccount,
  DriftCount,
  DriftKind,
  DriftMend,
  DriftState,
  ReconciledService,
  Reconciliation,
} from './reconciliations';
export * from './reconciliationSchemas';
export type { RollbackStep } from './rollback';
export * from './rollbackPreview';
export type {
  PersonEntry,
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
  WebhookDelivery,
} from './runs';
export * from './schemas';
export { RUNS_CHANNEL, type RunSignal } from './signals';
export type {
  Account,
  AccountState,
  Person,
  PersonLifecycle,
  ServiceCircuitState,
  ServiceId,
  ServiceInfo,
  ServiceStatus,
} from './types';
