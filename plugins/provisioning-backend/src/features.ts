import {
  coreServices,
  createBackendFeatureLoader,
} from '@backstage/backend-plugin-api';
import { coderConnectorModule } from './connectors/coder/module';
import { giteaConnectorModule } from './connectors/gitea/module';
import { mattermostConnectorModule } from './connectors/mattermost/module';
import { twentyConnectorModule } from './connectors/twenty/module';
import { provisioningPlugin } from './plugin';

/** The connectors that come along, by the section of the config that they need. */
const connectors = {
  gitea: giteaConnectorModule,
  coder: coderConnectorModule,
  mattermost: mattermostConnectorModule,
  twenty: twentyConnectorModule,
};

/**
 * The provisioning plugin with the connectors of the services that the config
 * has a section for.
 *
 * @public
 */
export const provisioningFeatures = createBackendFeatureLoader({
  deps: { config: coreServices.rootConfig },
  *loader({ config }) {
    yield provisioningPlugin;
    for (const [section, connector] of Object.entries(connectors)) {
      if (config.has(section)) yield connector;
    }
  },
});
