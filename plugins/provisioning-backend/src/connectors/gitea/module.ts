import { createBackendModule } from '@backstage/backend-plugin-api';
import { giteaClientServiceRef } from '@formulary/plugin-gitea-node';
import { provisioningConnectorsExtensionPoint } from '@formulary/plugin-provisioning-node';
import { GiteaConnector } from './GiteaConnector';

/**
 * Adds Gitea to the provisioning plugin.
 *
 * @public
 */
export const giteaConnectorModule = createBackendModule({
  pluginId: 'provisioning',
  moduleId: 'gitea',
  register(registration) {
    registration.registerInit({
      deps: {
        connectors: provisioningConnectorsExtensionPoint,
        client: giteaClientServiceRef,
      },
      async init({ connectors, client }) {
        connectors.addConnector(new GiteaConnector(client));
      },
    });
  },
});
