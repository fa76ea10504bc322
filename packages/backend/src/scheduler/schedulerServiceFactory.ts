import { DefaultSchedulerService } from '@backstage/backend-defaults/scheduler';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { metricsServiceRef } from '@backstage/backend-plugin-api/alpha';
import { guardSchedulerRoutes } from './guardSchedulerRoutes';

/** Backstage's scheduler, whose routes are for administrators. */
export const schedulerServiceFactory = createServiceFactory({
  service: coreServices.scheduler,
  deps: {
    database: coreServices.database,
    httpAuth: coreServices.httpAuth,
    httpRouter: coreServices.httpRouter,
    logger: coreServices.logger,
    metrics: metricsServiceRef,
    permissions: coreServices.permissions,
    pluginMetadata: coreServices.pluginMetadata,
    rootLifecycle: coreServices.rootLifecycle,
  },
  async factory({ httpAuth, httpRouter, permissions, ...services }) {
    return DefaultSchedulerService.create({
      ...services,
      httpRouter: guardSchedulerRoutes({ httpRouter, httpAuth, permissions }),
    });
  },
});
