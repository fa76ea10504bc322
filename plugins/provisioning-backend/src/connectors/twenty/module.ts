import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { provisioningConnectorsExtensionPoint } from '@formulary/plugin-provisioning-node';
import { twentyClientServiceRef } from '@formulary/plugin-twenty-node';
import { TwentyConnector } from './TwentyConnector';

/**
 * Adds Twenty to the provisioning plugin.
 *
 * @public
 */
export const twentyConnectorModule = createBackendModule({
  pluginId: 'provisioning',
  moduleId: 'twenty',
  register(registration) {
    registration.registerInit({
      deps: {
        connectors: provisioningConnectorsExtensionPoint,
        client: twentyClientServiceRef,
        logger: coreServices.logger,
      },
      async init({ connectors, client, logger }) {
        connectors.addConnector(new TwentyConnector(client, logger));
      },
    });
  },
});
