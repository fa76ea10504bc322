import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { readProviderConfigs } from './config';
import { KeycloakOrgProvider } from './KeycloakOrgProvider';
import { migrate } from './OrgStore';
import { organisationSyncApprovePermission } from './permissions';
import { createRouter } from './router';
import { StopStore } from './StopStore';

/**
 * Brings the people, groups, roles and organisations of Keycloak into the catalog.
 *
 * @public
 */
export const catalogModuleKeycloakOrg = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'keycloak-org',
  register(reg) {
    reg.registerInit({
      deps: {
        auditor: coreServices.auditor,
        catalog: catalogProcessingExtensionPoint,
        config: coreServices.rootConfig,
        database: coreServices.database,
        events: eventsServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        logger: coreServices.logger,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        rootLifecycle: coreServices.rootLifecycle,
        scheduler: coreServices.scheduler,
      },
      async init({
        auditor,
        catalog,
        config,
        database,
        events,
        httpAuth,
        httpRouter,
        logger,
        notifications,
        permissions,
        permissionsRegistry,
        rootLifecycle,
        scheduler,
      }) {
        const configs = readProviderConfigs(config);
        if (configs.length === 0) return;
        permissionsRegistry.addPermissions([organisationSyncApprovePermission]);
        const knex = await database.getClient();
        await migrate(knex, database.migrations?.skip);
        const providers = configs.map(
          provider =>
            new KeycloakOrgProvider(provider, {
              knex,
              scheduler,
              events,
              auditor,
              notifications,
              logger: logger.child({ keycloakOrg: provider.id }),
            }),
        );
        catalog.addEntityProvider(...providers);
        rootLifecycle.addStartupHook(async () => {
          for (const provider of providers) await provider.listen();
        });
        httpRouter.use(
          createRouter({
            httpAuth,
            permissions,
            auditor,
            stops: new StopStore(knex),
            providers,
          }),
        );
      },
    });
  },
});
