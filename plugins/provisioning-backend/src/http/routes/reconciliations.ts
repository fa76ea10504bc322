import { NotFoundError } from '@backstage/errors';
import {
  applyRequestSchema,
  driftsQuerySchema,
  pageQuerySchema,
  provisioningReconciliationsApplyPermission,
  provisioningReconciliationsReadPermission,
} from '@formulary/plugin-provisioning-common';
import { Request, Router } from 'express';
import { z } from 'zod';
import { getReconciliation } from '../../reconcile/Reconciler';
import { audited } from '../audited';
import { RouterOptions } from '../RouterOptions';
import { validate } from '../validate';

/** Comparing the services with what should be, and mending what differs. */
export function addReconciliationRoutes(
  router: Router,
  { access, auditor, database, mender, reconciler }: RouterOptions,
): void {
  router.post('/reconciliations', async (request, response) => {
    const caller = await reader(request);
    const started = await audited(
      auditor,
      { eventId: 'reconciliation-start', request, meta: {} },
      () => reconciler.start(caller.name),
    );
    response.status(201).json(started);
  });

  router.get('/reconciliations', async (request, response) => {
    await reader(request);
    const query = validate(pageQuerySchema, request.query);
    response.json(await database.reconciliations.list(query));
  });

  router.get('/reconciliations/:id', async (request, response) => {
    await reader(request);
    response.json(await getReconciliation(database, idOf(request)));
  });

  router.get('/reconciliations/:id/drifts', async (request, response) => {
    await reader(request);
    const query = validate(driftsQuerySchema, request.query);
    const { id } = await getReconciliation(database, idOf(request));
    response.json(await database.drifts.list(id, query));
  });

  router.post('/reconciliations/:id/apply', async (request, response) => {
    const caller = await access.caller(request);
    const { driftIds } = validate(applyRequestSchema, request.body ?? {});
    await access.demand(
      caller,
      provisioningReconciliationsApplyPermission,
      'You may not have drift mended',
    );
    const id = idOf(request);
    const applied = await audited(
      auditor,
      {
        eventId: 'reconciliation-apply',
        request,
        meta: { reconciliationId: id, driftIds: driftIds ?? 'all' },
      },
      () => mender.choose(id, caller.name, driftIds),
    );
    response.status(202).json(applied);
  });

  router.post('/reconciliations/:id/cancel', async (request, response) => {
    const caller = await reader(request);
    const { id } = await getReconciliation(database, idOf(request));
    const cancelled = await audited(
      auditor,
      {
        eventId: 'reconciliation-cancel',
        request,
        meta: { reconciliationId: id },
      },
      () => reconciler.cancel(id, caller.name),
    );
    response.json(cancelled);
  });

  async function reader(request: Request) {
    const caller = await access.caller(request);
    await access.demand(
      caller,
      provisioningReconciliationsReadPermission,
      'You may not compare the services with what should be',
    );
    return caller;
  }
}

/** @throws NotFoundError when what is asked for cannot be an id */
function idOf(request: Request): string {
  const { id } = request.params;
  if (!z.uuid().safeParse(id).success) {
    throw new NotFoundError(`There is no reconciliation ${id}`);
  }
  return id;
}
