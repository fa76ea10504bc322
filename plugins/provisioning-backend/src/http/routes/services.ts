import { provisioningServicesReadPermission } from '@formulary/plugin-provisioning-common';
import { Router } from 'express';
import { RouterOptions } from '../RouterOptions';

/** How the services are. */
export function addServiceRoutes(
  router: Router,
  { access, health }: RouterOptions,
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
}
