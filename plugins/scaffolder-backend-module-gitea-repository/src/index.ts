/**
 * Scaffolder actions for Gitea repositories.
 *
 * @packageDocumentation
 */
import {
  coreServices,
  createBackendFeatureLoader,
} from '@backstage/backend-plugin-api';
import { scaffolderGiteaRepositoryModule } from './module';

export { createCreateRepositoryAction } from './actions/createRepository';
export { createDeleteRepositoryAction } from './actions/deleteRepository';
export type { GiteaActionOptions } from './repositoryAccess';
export { scaffolderGiteaRepositoryModule };

/**
 * The module, where `gitea` is configured; nothing elsewhere.
 *
 * @public
 */
export default createBackendFeatureLoader({
  deps: { config: coreServices.rootConfig, logger: coreServices.rootLogger },
  *loader({ config, logger }) {
    if (config.has('gitea')) {
      yield scaffolderGiteaRepositoryModule;
    } else {
      logger.info(
        'Gitea is not configured: its scaffolder actions are left out',
      );
    }
  },
});
