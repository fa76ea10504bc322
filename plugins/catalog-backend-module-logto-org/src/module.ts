import { createOrganizationSyncModule } from '@formulary/plugin-organization-sync-node';
import { logtoNames, readProviderConfigs } from './config';
import { createLogtoProvider } from './createLogtoProvider';

/**
 * Brings the people, organisations and roles of Logto into the catalog.
 *
 * @public
 */
export const catalogModuleLogtoOrg = createOrganizationSyncModule({
  names: logtoNames,
  readSettings: readProviderConfigs,
  createProvider: createLogtoProvider,
});
