import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { TwentyClient } from './TwentyClient';

/**
 * The client of the configured Twenty workspace, one for the whole backend.
 *
 * @public
 */
export const twentyClientServiceRef = createServiceRef<TwentyClient>({
  id: 'twenty.client',
  scope: 'root',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: { config: coreServices.rootConfig },
      factory: ({ config }) => TwentyClient.fromConfig(config),
    }),
});
