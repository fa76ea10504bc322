import { createBackendModule } from '@backstage/backend-plugin-api';
import { coderClientServiceRef } from '@formulary/plugin-coder-node';
import { provisioningConnectorsExtensionPoint } from '@formulary/plugin-provisioning-node';
import { CoderConnector } from './CoderConnector';

/**
 * Adds the connector for Coder. It wants `coder` in the configuration.
 *
 * @public
 */
export const coderConnectorModule = createBackendModule({
  pluginId: 'provisioning',
  moduleId: 'coder',
  register({ registerInit }) {
    registerInit({
      deps: {
        connectors: provisioningConnectorsExtensionPoint,
        client: coderClientServiceRef,
      },
      async init({ connectors, client }) {
        connectors.addConnector(new CoderConnector(client));
      },
    });
  },
});
