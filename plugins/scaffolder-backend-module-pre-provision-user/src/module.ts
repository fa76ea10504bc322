import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { ProvisioningClient } from '@formulary/plugin-provisioning-common';
import { createPreProvisionUserAction } from './actions/preProvisionUser';

/**
 * Adds `platform:pre-provision-user` to the scaffolder.
 *
 * @public
 */
export const scaffolderPreProvisionUserModule = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'pre-provision-user',
  register(registration) {
    registration.registerInit({
      deps: {
        actions: scaffolderActionsExtensionPoint,
        auth: coreServices.auth,
        discovery: coreServices.discovery,
      },
      async init({ actions, auth, discovery }) {
        actions.addActions(
          createPreProvisionUserAction({
            auth,
            provisioning: new ProvisioningClient({ discoveryApi: discovery }),
          }),
        );
      },
    });
  },
});
