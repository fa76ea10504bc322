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
import { OwnerBoundary } from './OwnerBoundary';
import { readOrganizationSettings } from './organizationSettings';
import { placeholders } from './placeholders';
import { RegisteredLocations } from './RegisteredLocations';
import { RelationBoundary } from './RelationBoundary';
import { RepositoryBoundary } from './RepositoryBoundary';

/**
 * Stamps catalog entities with their organisation, adds the permission rule
 * `IS_OF_ORGANIZATION`, keeps people from registering locations by hand, and
 * catalog files from reading other repositories and from writing into the catalog
 * of other organisations.
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
        database: coreServices.database,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        processing: catalogProcessingExtensionPoint,
        scheduler: coreServices.scheduler,
        userInfo: coreServices.userInfo,
      },
      async init({
        auth,
        catalog,
        config,
        database,
        httpAuth,
        httpRouter,
        permissions,
        permissionsRegistry,
        processing,
        scheduler,
        userInfo,
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
        const directory = new CatalogDirectory(catalog, auth);
        const finder = new OrganizationFinder(settings, directory);
        const locations = await RegisteredLocations.create(database);
        processing.addProcessor(new OwnerBoundary(locations, finder));
        processing.addProcessor(
          new RelationBoundary(locations, directory, awaited),
        );
        processing.addProcessor(new OrganizationProcessor(finder, awaited));
        permissionsRegistry.addPermissionRules([isOfOrganization]);
        // Modules start before their plugin: this is asked before the catalog's own routes.
        httpRouter.use(
          createLocationGuard({
            auth,
            httpAuth,
            permissions,
            userInfo,
            locations,
          }),
        );
      },
    });
  },
});
