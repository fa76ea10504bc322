import { createOrganizationSyncModule } from '@formulary/plugin-organization-sync-node';
import { keycloakNames, readProviderConfigs } from './config';
import { createKeycloakProvider } from './createKeycloakProvider';

/**
 * Brings the people, groups, roles and organisations of Keycloak into the catalog.
 *
 * @public
 */
export const catalogModuleKeycloakOrg = createOrganizationSyncModule({
  names: keycloakNames,
  readSettings: readProviderConfigs,
  createProvider: createKeycloakProvider,
});
