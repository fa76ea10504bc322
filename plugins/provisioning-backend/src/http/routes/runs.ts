import { NotAllowedError } from '@backstage/errors';
import {
  provisioningRunsCancelPermission,
  provisioningRunsReadPermission,
  provisioningRunsRetryPermission,
  provisioningRunsRollbackPermission,
  Run,
  runsQuerySchema,
} from '@formulary/plugin-provisioning-common';
import { Request, Router } from 'express';
import { z } from 'zod';
import { unknownRun } from '../../engine/RunSteps';
import { Caller } from '../Access';
import { audited } from '../audited';
import { RouterOptions } from '../RouterOptions';
import { validate } from '../validate';

const eventsQuerySchema = z.strictObject({
  after: z
    .string()
    .regex(/^\d{1,18}$/)
    .default('0'),
});

const EVENTS_PER_PAGE = 500;

/** Runs: what they do and did, and how to help them. */
export function addRunRoutes(router: Router, options: RouterOptions): void {
  const { access, auditor, database, provisioning, persons, rollback } =
    options;

  router.get('/runs', async (request, response) => {
    const caller = await access.caller(request);
    const query = validate(runsQuerySchema, request.query);
    const everybody = await access.may(caller, provisioningRunsReadPermission);
    if (!everybody && !caller.userRef) {
      throw new NotAllowedError('You may not list the runs');
    }
    response.json(
      await database.runs.list(
        everybody ? query : { ...query, userRef: caller.userRef },
      ),
    );
  });

  router.get('/runs/:id', async (request, response) => {
    const { run } = await visibleRun(request);
    response.json(run);
  });

  router.get('/runs/:id/events', async (request, response) => {
    const { run } = await visibleRun(request);
    const { after } = validate(eventsQuerySchema, request.query);
    const items = await database.events.listOf(run.id, {
      after,
      limit: EVENTS_PER_PAGE,
    });
    response.json({ items });
  });

  router.post('/runs/:id/retry', async (request, response) => {
    response.json(await goOn(request, 'retry'));
  });

  router.post('/runs/:id/resume', async (request, response) => {
    response.json(await goOn(request, 'resume'));
  });

  router.post('/runs/:id/cancel', async (request, response) => {
    const { run, caller } = await visibleRun(request);
    const own =
      run.kind === 'onboard' &&
      caller.userRef !== undefined &&
      run.requestedBy.toLocaleLowerCase('en-US') === caller.userRef;
    if (!own && !(await access.may(caller, provisioningRunsCancelPermission))) {
      throw new NotAllowedError(
        'You may cancel only what you asked for yourself',
      );
    }
    const cancelled = await audited(
      auditor,
      { eventId: 'run-cancel', request, meta: { runId: run.id } },
      () => provisioning.cancel(run.id, caller.name),
    );
    response.json(cancelled);
  });

  router.get('/runs/:id/rollback', async (request, response) => {
    const { run } = await rollbackRun(request);
    response.json(await rollback.preview(run.id));
  });

  router.post('/runs/:id/rollback', async (request, response) => {
    const { run, caller } = await rollbackRun(request);
    const begun = await audited(
      auditor,
      { eventId: 'run-rollback', request, meta: { runId: run.id } },
      () =>
        rollback.begin(run.id, {
          source: caller.viaService ? 'action' : 'admin',
          requestedBy: caller.name,
        }),
    );
    response.status(201).json(begun);
  });

  /** A run that the caller may see and roll back. */
  async function rollbackRun(request: Request) {
    const visible = await visibleRun(request);
    await access.demand(
      visible.caller,
      provisioningRunsRollbackPermission,
      'You may not roll back runs',
    );
    return visible;
  }

  async function goOn(request: Request, how: 'retry' | 'resume'): Promise<Run> {
    const { run, caller } = await visibleRun(request);
    const own = run.kind === 'onboard' && caller.userRef === run.userRef;
    const permission =
      run.kind === 'rollback'
        ? provisioningRunsRollbackPermission
        : provisioningRunsRetryPermission;
    if (!own && !(await access.may(caller, permission))) {
      throw new NotAllowedError(`You may ${how} your own runs only`);
    }
    return audited(
      auditor,
      { eventId: `run-${how}`, request, meta: { runId: run.id } },
      async () =>
        provisioning[how](
          run.id,
          caller.name,
          run.kind === 'onboard'
            ? await persons.byUserRef(run.userRef)
            : undefined,
        ),
    );
  }

  /** A run that the caller may see; the others are not told from those that do not exist. */
  async function visibleRun(
    request: Request,
  ): Promise<{ run: Run; caller: Caller }> {
    const caller = await access.caller(request);
    const { id } = request.params;
    const run = z.uuid().safeParse(id).success
      ? await database.runs.find(id)
      : undefined;
    if (
      !run ||
      !(await access.mayFor(
        caller,
        run.userRef,
        provisioningRunsReadPermission,
      ))
    ) {
      throw unknownRun(id);
    }
    return { run, caller };
  }
}
