import {
  coreServices,
  createBackendFeatureLoader,
} from '@backstage/backend-plugin-api';
import { provisioningPlugin } from './plugin';

/**
 * The provisioning plugin with the connectors of the services that the config
 * has a section for. The code of the others is not loaded.
 *
 * @public
 */
export const provisioningFeatures = createBackendFeatureLoader({
  deps: { config: coreServices.rootConfig },
  async *loader({ config }) {
    yield provisioningPlugin;
    if (config.has('gitea')) {
      yield (await import('./connectors/gitea/module')).giteaConnectorModule;
    }
    if (config.has('coder')) {
      yield (await import('./connectors/coder/module')).coderConnectorModule;
    }
    if (config.has('mattermost')) {
      yield (await import('./connectors/mattermost/module'))
        .mattermostConnectorModule;
    }
    if (config.has('twenty')) {
      yield (await import('./connectors/twenty/module')).twentyConnectorModule;
    }
  },
});
