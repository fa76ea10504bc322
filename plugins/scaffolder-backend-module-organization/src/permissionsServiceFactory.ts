import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { ServerPermissionClient } from '@backstage/plugin-permission-node';
import { OrganizationPermissions } from './OrganizationPermissions';
import { TaskCreators } from './TaskCreators';

/**
 * Backstage's permissions service; the scaffolder's understands
 * `IS_TASK_OF_ORGANIZATION`.
 */
export const permissionsServiceFactory = createServiceFactory({
  service: coreServices.permissions,
  deps: {
    auth: coreServices.auth,
    config: coreServices.rootConfig,
    database: coreServices.database,
    discovery: coreServices.discovery,
    pluginMetadata: coreServices.pluginMetadata,
  },
  factory({ auth, config, database, discovery, pluginMetadata }) {
    const permissions = ServerPermissionClient.fromConfig(config, {
      auth,
      discovery,
    });
    return pluginMetadata.getId() === 'scaffolder'
      ? new OrganizationPermissions(permissions, new TaskCreators(database))
      : permissions;
  },
});
