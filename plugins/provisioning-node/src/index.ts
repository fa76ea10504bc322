/**
 * The contract between the provisioning engine and its connectors, and what
 * scaffolder actions ask the engine about their task.
 *
 * @packageDocumentation
 */
export type {
  AccountPage,
  ConnectorListing,
  ListedAccount,
} from './ConnectorListing';
export type {
  ConnectorEntitlements,
  EntitledAccount,
  ObservedEntitlement,
} from './ConnectorEntitlements';
export { createOnce, type CreateOnceOptions } from './createOnce';
export {
  provisioningConnectorsExtensionPoint,
  type ProvisioningConnectorsExtensionPoint,
} from './extensions';
export type {
  ConnectorCallOptions,
  EnsureResult,
  LinkCheck,
  ObservedAccount,
  RemoveOptions,
  ServiceConnector,
  ServiceHealth,
} from './ServiceConnector';
export {
  IDENTITY_PROVIDER_EVENTS_TOPIC,
  type IdentityProviderEvent,
} from './identityProviderEvents';
export { rollbackOutput } from './rollbackOutput';
export {
  taskAccessServiceRef,
  type TaskAccess,
  type TaskAccount,
} from './taskAccess';
