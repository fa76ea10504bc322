import { AuditorService } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  onboardRequestSchema,
  pageQuerySchema,
  PersonStatus,
  prepareRequestSchema,
  provisioningPersonsOnboardPermission,
  provisioningPersonsReadPermission,
  provisioningRunsReadPermission,
  provisioningRunsRetryPermission,
  provisioningServicesReadPermission,
  Run,
  runsQuerySchema,
} from '@formulary/plugin-provisioning-common';
import express, { Request } from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { ProvisioningDatabase } from '../database/ProvisioningDatabase';
import { ConnectorRegistry } from '../engine/ConnectorRegistry';
import {
  OnboardRequest,
  Provisioning,
  unknownRun,
} from '../engine/Provisioning';
import { PersonResolver } from '../identity/PersonResolver';
import { Access, Caller } from './Access';
import { audited } from './audited';
import { ServiceHealthReader } from './ServiceHealthReader';
import { validate } from './validate';

/** What the REST API is made of. */
export interface RouterOptions {
  access: Access;
  auditor: AuditorService;
  database: ProvisioningDatabase;
  connectors: ConnectorRegistry;
  provisioning: Provisioning;
  persons: PersonResolver;
  health: ServiceHealthReader;
}

const eventsQuerySchema = z.strictObject({
  after: z
    .string()
    .regex(/^\d{1,18}$/)
    .default('0'),
});

const EVENTS_PER_PAGE = 500;

/** The REST API that `src/schema/openapi.yaml` describes, but for the webhooks. */
export function createRouter(options: RouterOptions): express.Router {
  const { access, auditor, database, connectors, health } = options;
  const router = Router();
  router.use(express.json({ limit: '64kb' }));

  router.get('/me', async (request, response) => {
    const { userRef } = await access.user(request);
    response.json(await statusOf(userRef));
  });

  router.post('/me/runs', async (request, response) => {
    const caller = await access.user(request);
    const { services } = validate(prepareRequestSchema, request.body ?? {});
    const requested = await onboard(request, caller.userRef, {
      source: 'self',
      requestedBy: caller.name,
      services,
    });
    response.status(requested.joined ? 200 : 201).json(requested);
  });

  router.get('/persons', async (request, response) => {
    const caller = await access.caller(request);
    const page = validate(pageQuerySchema, request.query);
    await access.demand(
      caller,
      provisioningPersonsReadPermission,
      'You may not list the people',
    );
    response.json(await database.persons.list(page));
  });

  router.post('/persons', async (request, response) => {
    const caller = await access.caller(request);
    const body = validate(onboardRequestSchema, request.body);
    const userRef = body.userRef.toLocaleLowerCase('en-US');
    if (
      !(await access.mayFor(
        caller,
        userRef,
        provisioningPersonsOnboardPermission,
      ))
    ) {
      throw new NotAllowedError(
        `You may prepare accounts for yourself only, not for ${userRef}. Ask an administrator, or leave the person out`,
      );
    }
    const requested = await onboard(request, userRef, {
      source: caller.viaService ? 'action' : 'admin',
      requestedBy: caller.name,
      services: body.services,
    });
    response.status(requested.joined ? 200 : 201).json(requested);
  });

  router.get('/persons/:userRef', async (request, response) => {
    const caller = await access.caller(request);
    const userRef = request.params.userRef.toLocaleLowerCase('en-US');
    if (
      !(await access.mayFor(caller, userRef, provisioningPersonsReadPermission))
    ) {
      throw new NotAllowedError('You may see your own accounts only');
    }
    response.json(await statusOf(userRef));
  });

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
    const { run, caller } = await visibleRun(request);
    if (
      !(await access.mayFor(
        caller,
        run.userRef,
        provisioningRunsRetryPermission,
      ))
    ) {
      throw new NotAllowedError('You may retry your own runs only');
    }
    const retried = await audited(
      auditor,
      { eventId: 'run-retry', request, meta: { runId: run.id } },
      async () =>
        options.provisioning.retry(
          run.id,
          await options.persons.byUserRef(run.userRef),
          caller.name,
        ),
    );
    response.json(retried);
  });

  router.get('/services', async (request, response) => {
    const caller = await access.caller(request);
    await access.demand(
      caller,
      provisioningServicesReadPermission,
      'You may not see the health of the services',
    );
    response.json({ items: await health.read() });
  });

  async function statusOf(userRef: string): Promise<PersonStatus> {
    const met = await database.persons.findByUserRef(userRef);
    return {
      userRef,
      person: met?.person,
      services: connectors.services(),
      accounts: met ? await database.accounts.listOf(met.id) : [],
      run: met && (await database.runs.findLatestOf(met.id)),
    };
  }

  async function onboard(
    request: Request,
    userRef: string,
    wanted: OnboardRequest,
  ) {
    return audited(
      auditor,
      { eventId: 'person-onboard', request, meta: { userRef } },
      async () =>
        options.provisioning.onboard(
          await options.persons.byUserRef(userRef),
          wanted,
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

  return router;
}
