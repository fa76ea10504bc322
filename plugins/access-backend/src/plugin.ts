import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { accessPermissions } from '@formulary/plugin-access-common';
import { createRouter } from './http/router';
import { Directory } from './people/Directory';
import { RbacReader } from './rbac/RbacReader';
import { readRbacSettings } from './rbac/rbacSettings';
import { AccessReporter } from './report/AccessReporter';
import { FormulaFinder } from './report/FormulaFinder';

/**
 * Tells who may do what, and why, with a REST API under `/api/access`.
 *
 * @public
 */
export const accessPlugin = createBackendPlugin({
  pluginId: 'access',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
      },
      async init({
        auth,
        catalog,
        config,
        discovery,
        httpAuth,
        httpRouter,
        permissions,
        permissionsRegistry,
      }) {
        permissionsRegistry.addPermissions(accessPermissions);
        httpRouter.use(
          createRouter({
            httpAuth,
            permissions,
            reporter: new AccessReporter({
              directory: new Directory(catalog, auth),
              rbac: new RbacReader(discovery, auth),
              settings: readRbacSettings(config),
              formulas: new FormulaFinder(catalog, discovery, auth),
            }),
          }),
        );
      },
    });
  },
});
