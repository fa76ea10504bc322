import { prepareRequestSchema } from '@formulary/plugin-provisioning-common';
import { Router } from 'express';
import { onboard } from '../onboard';
import { personStatus } from '../personStatus';
import { RouterOptions } from '../RouterOptions';
import { validate } from '../validate';

/** What everybody may do for themselves. */
export function addMeRoutes(router: Router, options: RouterOptions): void {
  const { access } = options;

  router.get('/me', async (request, response) => {
    const { userRef } = await access.user(request);
    response.json(await personStatus(options, userRef));
  });

  router.post('/me/runs', async (request, response) => {
    const caller = await access.user(request);
    const { services } = validate(prepareRequestSchema, request.body ?? {});
    const requested = await onboard(options, request, caller.userRef, {
      source: 'self',
      requestedBy: caller.name,
      services,
    });
    response.status(requested.joined ? 200 : 201).json(requested);
  });
}
