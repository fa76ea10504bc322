import { createExtensionPoint } from '@backstage/backend-plugin-api';
import { ServiceConnector } from './ServiceConnector';

/**
 * Adds connectors to the provisioning plugin.
 *
 * @public
 */
export interface ProvisioningConnectorsExtensionPoint {
  /**
   * Adds a connector.
   *
   * @throws Error when a connector for the same service is there already
   */
  addConnector(connector: ServiceConnector): void;
}

/**
 * Where a module adds a connector for a further service.
 *
 * @public
 */
export const provisioningConnectorsExtensionPoint =
  createExtensionPoint<ProvisioningConnectorsExtensionPoint>({
    id: 'provisioning.connectors',
  });
