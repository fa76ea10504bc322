import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { ApprovalsClient } from '@formulary/plugin-approvals-common';
import { createRequireApprovalAction } from './actions/requireApproval';

/**
 * Adds `approval:require` to the scaffolder.
 *
 * @public
 */
export const scaffolderApprovalsModule = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'approvals',
  register(registration) {
    registration.registerInit({
      deps: {
        actions: scaffolderActionsExtensionPoint,
        auth: coreServices.auth,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
      },
      async init({ actions, auth, config, discovery }) {
        actions.addActions(
          createRequireApprovalAction({
            auth,
            approvals: new ApprovalsClient({ discoveryApi: discovery }),
            portalUrl: config.getString('app.baseUrl'),
          }),
        );
      },
    });
  },
});
