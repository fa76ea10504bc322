import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { FileBundleSource } from './bundle/FileBundleSource';
import { UrlBundleSource } from './bundle/UrlBundleSource';
import { FormulaBundles } from './FormulaBundles';
import { createRouter } from './router';

/**
 * Serves what the marketplace shows of a formula beyond its catalog entity.
 *
 * @public
 */
export const formulasPlugin = createBackendPlugin({
  pluginId: 'formulas',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        catalog: catalogServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        urlReader: coreServices.urlReader,
      },
      async init({ config, catalog, httpAuth, httpRouter, urlReader }) {
        const bundles = new FormulaBundles({
          file: FileBundleSource.fromConfig(config),
          url: new UrlBundleSource({ reader: urlReader }),
        });
        httpRouter.use(createRouter({ bundles, catalog, httpAuth }));
      },
    });
  },
});
