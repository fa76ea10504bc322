import {
  HttpAuthService,
  HttpRouterService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import Router from 'express-promise-router';
import { schedulerTasksManagePermission } from './permissions';

/**
 * Lets nobody but administrators past `/.backstage/scheduler`. Backstage's own
 * routes there ask for no permission: anybody who is signed in could stop the
 * organisation sync (backend-defaults, PluginTaskSchedulerImpl `getRouter`).
 *
 * @returns a router to mount the scheduler's routes on
 */
export function guardSchedulerRoutes(options: {
  httpRouter: HttpRouterService;
  httpAuth: HttpAuthService;
  permissions: PermissionsService;
}): HttpRouterService {
  const { httpRouter, httpAuth, permissions } = options;
  const guard = Router();
  guard.use('/.backstage/scheduler', async request => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user', 'service'],
    });
    const [{ result }] = await permissions.authorize(
      [{ permission: schedulerTasksManagePermission }],
      { credentials },
    );
    if (result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(
        'Scheduled tasks are for administrators. Ask one of them',
      );
    }
    return 'next';
  });
  return {
    use: handler => {
      httpRouter.use(guard);
      httpRouter.use(handler);
    },
    addAuthPolicy: policy => httpRouter.addAuthPolicy(policy),
  };
}
