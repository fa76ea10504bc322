import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { mattermostClientServiceRef } from '@formulary/plugin-mattermost-node';
import { provisioningConnectorsExtensionPoint } from '@formulary/plugin-provisioning-node';
import { MattermostConnector } from './MattermostConnector';

/**
 * Adds Mattermost to the provisioning plugin.
 *
 * @public
 */
export const mattermostConnectorModule = createBackendModule({
  pluginId: 'provisioning',
  moduleId: 'mattermost',
  register(registration) {
    registration.registerInit({
      deps: {
        connectors: provisioningConnectorsExtensionPoint,
        client: mattermostClientServiceRef,
        logger: coreServices.logger,
      },
      async init({ connectors, client, logger }) {
        connectors.addConnector(new MattermostConnector(client, logger));
      },
    });
  },
});
