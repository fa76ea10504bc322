import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { coderClientServiceRef } from '@formulary/plugin-coder-node';
import { taskAccessServiceRef } from '@formulary/plugin-provisioning-node';
import { createCreateWorkspaceAction } from './actions/createWorkspace';
import { createDeleteWorkspaceAction } from './actions/deleteWorkspace';
import { createPushTemplateAction } from './actions/pushTemplate';
import { createStartWorkspaceAction } from './actions/startWorkspace';
import { createStopWorkspaceAction } from './actions/stopWorkspace';
import { FormulaTemplates } from './FormulaTemplates';

/**
 * Adds the `coder:*` actions to the scaffolder. It wants `coder` in the configuration.
 *
 * @public
 */
export const coderScaffolderModule = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'coder',
  register({ registerInit }) {
    registerInit({
      deps: {
        actions: scaffolderActionsExtensionPoint,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        client: coderClientServiceRef,
        taskAccess: taskAccessServiceRef,
      },
      async init({ actions, auth, catalog, client, taskAccess }) {
        const options = { client, taskAccess };
        actions.addActions(
          createCreateWorkspaceAction({
            ...options,
            templates: new FormulaTemplates(catalog, auth),
          }),
          createStartWorkspaceAction(options),
          createStopWorkspaceAction(options),
          createDeleteWorkspaceAction(options),
          createPushTemplateAction(options),
        );
      },
    });
  },
});
