import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { mattermostClientServiceRef } from '@formulary/plugin-mattermost-node';
import { taskAccessServiceRef } from '@formulary/plugin-provisioning-node';
import { createAddToTeamAction } from './actions/addToTeam';
import { createArchiveChannelAction } from './actions/archiveChannel';
import { createCreateUserAction } from './actions/createUser';
import { createPostMessageAction } from './actions/postMessage';
import { createRemoveFromTeamAction } from './actions/removeFromTeam';
import { CatalogOrganizations } from './CatalogOrganizations';

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
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        client: mattermostClientServiceRef,
        taskAccess: taskAccessServiceRef,
      },
      async init({ actions, auth, catalog, client, taskAccess }) {
        const options = { client, taskAccess };
        actions.addActions(
          createAddToTeamAction({
            ...options,
            organizations: new CatalogOrganizations(catalog, auth),
          }),
          createCreateUserAction(options),
          createPostMessageAction(options),
          createRemoveFromTeamAction(options),
          createArchiveChannelAction(options),
        );
      },
    });
  },
});
