import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { GiteaClient } from './GiteaClient';

/**
 * The client of the configured Gitea server, one for the whole backend.
 *
 * @public
 */
export const giteaClientServiceRef = createServiceRef<GiteaClient>({
  id: 'gitea.client',
  scope: 'root',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: { config: coreServices.rootConfig },
      factory: ({ config }) => GiteaClient.fromConfig(config),
    }),
});
