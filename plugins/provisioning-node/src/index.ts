/**
 * The contract between the provisioning engine and its connectors.
 *
 * @packageDocumentation
 */
export {
  provisioningConnectorsExtensionPoint,
  type ProvisioningConnectorsExtensionPoint,
} from './extensions';
export type {
  ConnectorCallOptions,
  EnsureResult,
  LinkCheck,
  ObservedAccount,
  ServiceConnector,
  ServiceHealth,
} from './ServiceConnector';
