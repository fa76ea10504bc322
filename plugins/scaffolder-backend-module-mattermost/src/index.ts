/**
 * Scaffolder actions for Mattermost.
 *
 * @packageDocumentation
 */
import {
  coreServices,
  createBackendFeatureLoader,
} from '@backstage/backend-plugin-api';
import { scaffolderMattermostModule } from './module';

export { scaffolderMattermostModule };
export { createAddToTeamAction } from './actions/addToTeam';
export { createArchiveChannelAction } from './actions/archiveChannel';
export { createCreateUserAction } from './actions/createUser';
export { createPostMessageAction } from './actions/postMessage';
export { createRemoveFromTeamAction } from './actions/removeFromTeam';
export type { OrganizationNames } from './CatalogOrganizations';

/**
 * The module, where `mattermost` is configured; nothing elsewhere.
 *
 * @public
 */
export default createBackendFeatureLoader({
  deps: { config: coreServices.rootConfig, logger: coreServices.rootLogger },
  *loader({ config, logger }) {
    if (config.has('mattermost')) {
      yield scaffolderMattermostModule;
    } else {
      logger.info(
        'Mattermost is not configured: its scaffolder actions are left out',
      );
    }
  },
});
