import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { scaffolderServiceRef } from '@backstage/plugin-scaffolder-node';
import { concealTasks } from './concealTasks';
import { guardRetry } from './guardRetry';
import { isTaskOfOrganization } from './isTaskOfOrganization';

/**
 * Adds the rule `IS_TASK_OF_ORGANIZATION`, answers for tasks that somebody may not
 * see as for tasks that do not exist, and lets people retry their own only.
 *
 * @public
 */
export const scaffolderModuleOrganization = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'organization',
  register(reg) {
    reg.registerInit({
      deps: {
        auth: coreServices.auth,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        permissionsRegistry: coreServices.permissionsRegistry,
        scaffolder: scaffolderServiceRef,
      },
      async init({
        auth,
        httpAuth,
        httpRouter,
        permissionsRegistry,
        scaffolder,
      }) {
        permissionsRegistry.addPermissionRules([isTaskOfOrganization]);
        // Modules start before their plugin: these stand before its own routes.
        // A refused retry is told, so it is asked before refusals are concealed.
        httpRouter.use(guardRetry({ auth, httpAuth, scaffolder }));
        httpRouter.use(concealTasks());
      },
    });
  },
});
