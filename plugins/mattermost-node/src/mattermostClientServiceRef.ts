import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { MattermostClient } from './MattermostClient';

/**
 * The client of the configured Mattermost server, one for the whole backend.
 *
 * @public
 */
export const mattermostClientServiceRef = createServiceRef<MattermostClient>({
  id: 'mattermost.client',
  scope: 'root',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: { config: coreServices.rootConfig },
      factory: ({ config }) => MattermostClient.fromConfig(config),
    }),
});
