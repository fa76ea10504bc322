import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { concealTasks } from './concealTasks';

/**
 * Answers for tasks that somebody may not see as for tasks that do not exist.
 *
 * @public
 */
export const scaffolderModuleOrganization = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'organization',
  register(reg) {
    reg.registerInit({
      deps: { httpRouter: coreServices.httpRouter },
      async init({ httpRouter }) {
        // Modules start before their plugin: this stands before its own routes.
        httpRouter.use(concealTasks());
      },
    });
  },
});
