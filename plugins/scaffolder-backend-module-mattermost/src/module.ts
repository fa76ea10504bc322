import { createBackendModule } from '@backstage/backend-plugin-api';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { mattermostClientServiceRef } from '@formulary/plugin-mattermost-node';
import { createAddToTeamAction } from './actions/addToTeam';
import { createCreateUserAction } from './actions/createUser';
import { createPostMessageAction } from './actions/postMessage';

/**
 * Adds the Mattermost actions to the scaffolder.
 *
 * @public
 */
export const scaffolderMattermostModule = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'mattermost',
  register(registration) {
    registration.registerInit({
      deps: {
        actions: scaffolderActionsExtensionPoint,
        client: mattermostClientServiceRef,
      },
      async init({ actions, client }) {
        actions.addActions(
          createAddToTeamAction(client),
          createCreateUserAction(client),
          createPostMessageAction(client),
        );
      },
    });
  },
});
