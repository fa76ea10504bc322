import {
  BackendFeature,
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { KeptStore } from './KeptStore';
import { migrate } from './migrate';
import { ModuleNames } from './ModuleNames';
import { OrganizationProvider, ProviderServices } from './OrganizationProvider';
import { NamedUser } from './OrganizationSource';
import { organisationSyncApprovePermission } from './permissions';
import { createRouter } from './router';
import { StopStore } from './StopStore';
import { SyncSettings } from './SyncSettings';

/**
 * A module of the catalog that brings in the people and groups of the identity
 * providers which the config names; without any it does nothing.
 *
 * @public
 */
export function createOrganizationSyncModule<
  Settings extends SyncSettings,
  User extends NamedUser,
>(options: {
  names: ModuleNames;
  /** Reads the providers of the config. */
  readSettings(config: Config): Settings[];
  createProvider(
    settings: Settings,
    services: ProviderServices,
  ): OrganizationProvider<User>;
}): BackendFeature {
  const { names, readSettings, createProvider } = options;
  return createBackendModule({
    pluginId: 'catalog',
    moduleId: names.moduleId,
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
          catalog,
          config,
          database,
          httpAuth,
          httpRouter,
          permissions,
          permissionsRegistry,
          rootLifecycle,
          ...services
        }) {
          const configured = readSettings(config);
          if (configured.length === 0) return;
          permissionsRegistry.addPermissions([
            organisationSyncApprovePermission,
          ]);
          const knex = await database.getClient();
          await migrate(knex, database.migrations?.skip);
          const providers = configured.map(settings =>
            createProvider(settings, {
              ...services,
              knex,
              logger: services.logger.child({
                organizationSync: `${names.moduleId}:${settings.id}`,
              }),
            }),
          );
          catalog.addEntityProvider(...providers);
          rootLifecycle.addStartupHook(async () => {
            for (const provider of providers) await provider.listen();
          });
          httpRouter.use(
            createRouter({
              names,
              httpAuth,
              permissions,
              auditor: services.auditor,
              stops: new StopStore(knex, names.moduleId),
              kept: new KeptStore(knex, names.moduleId),
              providers,
            }),
          );
        },
      });
    },
  });
}
