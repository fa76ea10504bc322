import { createBackendModule } from '@backstage/backend-plugin-api';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { coderClientServiceRef } from '@formulary/plugin-coder-node';
import { createWorkspaceAction } from './actions/createWorkspace';
import { deleteWorkspaceAction } from './actions/deleteWorkspace';
import { pushTemplateAction } from './actions/pushTemplate';
import { startWorkspaceAction } from './actions/startWorkspace';
import { stopWorkspaceAction } from './actions/stopWorkspace';

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
        client: coderClientServiceRef,
      },
      async init({ actions, client }) {
        actions.addActions(
          createWorkspaceAction(client),
          startWorkspaceAction(client),
          stopWorkspaceAction(client),
          deleteWorkspaceAction(client),
          pushTemplateAction(client),
        );
      },
    });
  },
});
