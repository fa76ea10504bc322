import express from 'express';
import Router from 'express-promise-router';
import { addBulkRoutes } from './routes/bulk';
import { addDeliveryRoutes } from './routes/deliveries';
import { addEntitlementRoutes } from './routes/entitlements';
import { addEventRoutes } from './routes/events';
import { addMeRoutes } from './routes/me';
import { addPersonRoutes } from './routes/persons';
import { addReconciliationRoutes } from './routes/reconciliations';
import { addRunRoutes } from './routes/runs';
import { addServiceRoutes } from './routes/services';
import { RouterOptions } from './RouterOptions';

/** The REST API that `src/schema/openapi.yaml` describes, but for the webhooks. */
export function createRouter(options: RouterOptions): express.Router {
  const router = Router();
  router.use(express.json({ limit: '64kb' }));
  addMeRoutes(router, options);
  addPersonRoutes(router, options);
  addEntitlementRoutes(router, options);
  addRunRoutes(router, options);
  addServiceRoutes(router, options);
  addDeliveryRoutes(router, options);
  addBulkRoutes(router, options);
  addEventRoutes(router, options);
  addReconciliationRoutes(router, options);
  return router;
}
