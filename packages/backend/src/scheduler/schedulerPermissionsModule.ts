import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { schedulerTasksManagePermission } from './permissions';

/**
 * Publishes the permission of all plugins' scheduled tasks where RBAC looks for
 * permissions. They are nobody's own, so one plugin has to stand for them: the
 * catalog is in every portal, and reads organisations on schedule. RBAC itself
 * publishes a fixed list (rbac-backend 8.1.3, `service/plugin-endpoints`).
 */
export const schedulerPermissionsModule = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'scheduler-permissions',
  register(reg) {
    reg.registerInit({
      deps: { permissionsRegistry: coreServices.permissionsRegistry },
      async init({ permissionsRegistry }) {
        permissionsRegistry.addPermissions([schedulerTasksManagePermission]);
      },
    });
  },
});
