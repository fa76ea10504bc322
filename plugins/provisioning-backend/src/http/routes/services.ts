import { provisioningServicesReadPermission } from '@formulary/plugin-provisioning-common';
import { Router } from 'express';
import { RouterOptions } from '../RouterOptions';

/** Which services there are, and how they are. */
export function addServiceRoutes(
  router: Router,
  { access, connectors, health }: RouterOptions,
): void {
  router.get('/services', async (request, response) => {
    const caller = await access.caller(request);
    await access.demand(
      caller,
      provisioningServicesReadPermission,
      'You may not see the health of the services',
    );
    response.json({ items: await health.read() });
  });

  // Everybody reads what the services are called: pages name them.
  router.get('/services/info', async (request, response) => {
    await access.caller(request);
    response.json({ items: connectors.services() });
  });
}
