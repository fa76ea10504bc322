import { createBackendModule } from '@backstage/backend-plugin-api';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { giteaClientServiceRef } from '@formulary/plugin-gitea-node';
import { taskAccessServiceRef } from '@formulary/plugin-provisioning-node';
import { createCreateRepositoryAction } from './actions/createRepository';
import { createDeleteRepositoryAction } from './actions/deleteRepository';

/**
 * Adds the Gitea actions to the scaffolder.
 *
 * @public
 */
export const scaffolderGiteaRepositoryModule = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'gitea-repository',
  register(registration) {
    registration.registerInit({
      deps: {
        actions: scaffolderActionsExtensionPoint,
        client: giteaClientServiceRef,
        taskAccess: taskAccessServiceRef,
      },
      async init({ actions, client, taskAccess }) {
        const options = { client, taskAccess };
        actions.addActions(
          createCreateRepositoryAction(options),
          createDeleteRepositoryAction(options),
        );
      },
    });
  },
});
