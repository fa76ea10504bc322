import { ConflictError, NotAllowedError } from '@backstage/errors';
import {
  offboardRequestSchema,
  onboardRequestSchema,
  PersonEntry,
  personsQuerySchema,
  provisioningPersonsOffboardPermission,
  provisioningPersonsOnboardPermission,
  provisioningPersonsReadPermission,
  RequestedRun,
} from '@formulary/plugin-provisioning-common';
import { Request, Router } from 'express';
import { OffboardRequest, unknownPerson } from '../../engine/Offboarding';
import { audited } from '../audited';
import { onboard } from '../onboard';
import { personStatus } from '../personStatus';
import { RouterOptions } from '../RouterOptions';
import { validate } from '../validate';

const lowerCase = (userRef: string) => userRef.toLocaleLowerCase('en-US');

/** People: who they are, and what is done for them. */
export function addPersonRoutes(router: Router, options: RouterOptions): void {
  const { access, auditor, database, offboarding } = options;

  router.get('/persons', async (request, response) => {
    const caller = await access.caller(request);
    const query = validate(personsQuerySchema, request.query);
    await access.demand(
      caller,
      provisioningPersonsReadPermission,
      'You may not list the people',
    );
    const { items, totalItems } = await database.persons.list(query);
    const accounts = await database.accounts.listOfAll(
      items.map(({ id }) => id),
    );
    response.json({
      items: items.map(
        ({ id, person, lifecycle }): PersonEntry => ({
          person,
          lifecycle,
          accounts: accounts.get(id) ?? [],
        }),
      ),
      totalItems,
    });
  });

  router.post('/persons', async (request, response) => {
    const caller = await access.caller(request);
    const body = validate(onboardRequestSchema, request.body);
    const userRef = lowerCase(body.userRef);
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
    const requested = await onboard(options, request, userRef, {
      source: caller.viaService ? 'action' : 'admin',
      requestedBy: caller.name,
      services: body.services,
      mayReturn: await access.may(
        caller,
        provisioningPersonsOffboardPermission,
      ),
    });
    response.status(requested.joined ? 200 : 201).json(requested);
  });

  router.get('/persons/:userRef', async (request, response) => {
    const caller = await access.caller(request);
    const userRef = lowerCase(request.params.userRef);
    if (
      !(await access.mayFor(caller, userRef, provisioningPersonsReadPermission))
    ) {
      throw new NotAllowedError('You may see your own accounts only');
    }
    response.json(await personStatus(options, userRef));
  });

  router.post('/persons/:userRef/suspend', async (request, response) => {
    const requested = await offboard(request, 'suspend', (id, by) =>
      offboarding.suspend(id, {
        ...by,
        ...validate(offboardRequestSchema, request.body),
      }),
    );
    response.status(requested.joined ? 200 : 201).json(requested);
  });

  router.post('/persons/:userRef/restore', async (request, response) => {
    const requested = await offboard(request, 'restore', (id, by) =>
      offboarding.restore(id, { ...by, reason: 'Restored by hand' }),
    );
    response.status(requested.joined ? 200 : 201).json(requested);
  });

  router.post('/persons/:userRef/remove', async (request, response) => {
    const requested = await offboard(request, 'remove', (id, by) =>
      offboarding.remove(id, {
        ...by,
        ...validate(offboardRequestSchema, request.body),
      }),
    );
    response.status(requested.joined ? 200 : 201).json(requested);
  });

  async function offboard(
    request: Request,
    kind: 'suspend' | 'restore' | 'remove',
    work: (
      personId: string,
      by: Pick<OffboardRequest, 'source' | 'requestedBy'>,
    ) => Promise<RequestedRun>,
  ): Promise<RequestedRun> {
    const caller = await access.caller(request);
    const userRef = lowerCase(request.params.userRef);
    await access.demand(
      caller,
      provisioningPersonsOffboardPermission,
      `You may not ${kind} people's accounts`,
    );
    if (caller.userRef === userRef) {
      throw new ConflictError(
        `You cannot ${kind} your own accounts. Ask another administrator`,
      );
    }
    return audited(
      auditor,
      { eventId: `person-${kind}`, request, meta: { userRef } },
      async () => {
        const met = await database.persons.findByUserRef(userRef);
        if (!met) throw unknownPerson(userRef);
        return work(met.id, {
          source: caller.viaService ? 'action' : 'admin',
          requestedBy: caller.name,
        });
      },
    );
  }
}
