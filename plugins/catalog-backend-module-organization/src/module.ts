import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  catalogProcessingExtensionPoint,
  catalogServiceRef,
} from '@backstage/plugin-catalog-node';
import { AwaitedOwners } from './AwaitedOwners';
import { CatalogDirectory } from './CatalogDirectory';
import { createLocationGuard } from './createLocationGuard';
import { isOfOrganization } from './isOfOrganization';
import { OrganizationFinder } from './OrganizationFinder';
import { OrganizationProcessor } from './OrganizationProcessor';
import { readOrganizationSettings } from './organizationSettings';
import { placeholders } from './placeholders';
import { RepositoryBoundary } from './RepositoryBoundary';

/**
 * Stamps catalog entities with their organisation, adds the permission rule
 * `IS_OF_ORGANIZATION`, keeps people from registering locations by hand, and
 * catalog files from reading other repositories.
 *
 * @public
 */
export const catalogModuleOrganization = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'organization',
  register(reg) {
    reg.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        processing: catalogProcessingExtensionPoint,
        scheduler: coreServices.scheduler,
      },
      async init({
        auth,
        catalog,
        config,
        httpAuth,
        httpRouter,
        permissions,
        permissionsRegistry,
        processing,
        scheduler,
      }) {
        const awaited = new AwaitedOwners(catalog, auth);
        processing.addEntityProvider(awaited);
        await scheduler.scheduleTask({
          id: 'find-awaited-owners',
          frequency: { seconds: 1 },
          timeout: { seconds: 30 },
          scope: 'local',
          fn: () => awaited.check(),
        });
        const settings = readOrganizationSettings(config);
        processing.addProcessor(new RepositoryBoundary(settings.configured));
        for (const [key, resolver] of Object.entries(placeholders)) {
          processing.addPlaceholderResolver(key, resolver);
        }
        processing.addProcessor(
          new OrganizationProcessor(
            new OrganizationFinder(
              settings,
              new CatalogDirectory(catalog, auth),
            ),
            awaited,
          ),
        );
        permissionsRegistry.addPermissionRules([isOfOrganization]);
        // Modules start before their plugin: this is asked before the catalog's own routes.
        httpRouter.use(createLocationGuard({ httpAuth, permissions }));
      },
    });
  },
});
