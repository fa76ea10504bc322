import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  deliveriesQuerySchema,
  provisioningDeliveriesManagePermission,
} from '@formulary/plugin-provisioning-common';
import { Router } from 'express';
import { z } from 'zod';
import { addDeliveryJob } from '../../webhooks/DeliveryProcessor';
import { audited } from '../audited';
import { RouterOptions } from '../RouterOptions';
import { validate } from '../validate';

/** What webhooks sent. Payloads are not shown: they hold personal data that nobody here needs. */
export function addDeliveryRoutes(
  router: Router,
  { access, auditor, database }: RouterOptions,
): void {
  router.get('/deliveries', async (request, response) => {
    const caller = await access.caller(request);
    const query = validate(deliveriesQuerySchema, request.query);
    await access.demand(
      caller,
      provisioningDeliveriesManagePermission,
      'You may not see what webhooks sent',
    );
    response.json(await database.deliveries.list(query));
  });

  router.post('/deliveries/:id/redeliver', async (request, response) => {
    const caller = await access.caller(request);
    const { id } = request.params;
    await access.demand(
      caller,
      provisioningDeliveriesManagePermission,
      'You may not have deliveries worked on again',
    );
    const delivery = await audited(
      auditor,
      { eventId: 'delivery-redeliver', request, meta: { deliveryId: id } },
      () =>
        database.transaction(async stores => {
          const known = z.uuid().safeParse(id).success
            ? await stores.deliveries.find(id)
            : undefined;
          if (!known) throw new NotFoundError(`There is no delivery ${id}`);
          const reopened = await stores.deliveries.reopen(id);
          if (!reopened) {
            throw new ConflictError('The delivery is being worked on already');
          }
          await addDeliveryJob(stores.jobs, id);
          return reopened;
        }),
    );
    response.json(delivery);
  });
}
