import { createBackendModule } from '@backstage/backend-plugin-api';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { giteaClientServiceRef } from '@formulary/plugin-gitea-node';
import { createCreateRepositoryAction } from './actions/createRepository';

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
      },
      async init({ actions, client }) {
        actions.addActions(createCreateRepositoryAction(client));
      },
    });
  },
});
