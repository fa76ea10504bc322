import { createBackendFeatureLoader } from '@backstage/backend-plugin-api';
import { scaffolderModuleOrganization } from './module';
import { permissionsServiceFactory } from './permissionsServiceFactory';

/**
 * The module and the permissions service without which the scaffolder would not
 * understand its rule.
 *
 * @public
 */
export const scaffolderOrganization = createBackendFeatureLoader({
  loader: () => [scaffolderModuleOrganization, permissionsServiceFactory],
});
