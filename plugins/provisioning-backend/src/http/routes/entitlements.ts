import { NotAllowedError, NotFoundError } from '@backstage/errors';
import {
  entitlementPreviewRequestSchema,
  EntitlementPreviewRequest,
  provisioningPersonsReadPermission,
} from '@formulary/plugin-provisioning-common';
import { Router } from 'express';
import { ResolvedPerson } from '../../identity/ResolvedPerson';
import { RouterOptions } from '../RouterOptions';
import { validate } from '../validate';

const lowerCase = (userRef: string) => userRef.toLocaleLowerCase('en-US');

/** What the defaults give to whom, and why. Nothing is changed here. */
export function addEntitlementRoutes(
  router: Router,
  { access, persons, plans }: RouterOptions,
): void {
  router.get('/persons/:userRef/entitlements', async (request, response) => {
    const caller = await access.caller(request);
    const userRef = lowerCase(request.params.userRef);
    if (
      !(await access.mayFor(caller, userRef, provisioningPersonsReadPermission))
    ) {
      throw new NotAllowedError('You may see only what you get yourself');
    }
    response.json(await plans.of(await persons.byUserRef(userRef)));
  });

  router.post('/entitlements/preview', async (request, response) => {
    const caller = await access.caller(request);
    await access.demand(
      caller,
      provisioningPersonsReadPermission,
      'You may not see what others would get',
    );
    const body = validate(entitlementPreviewRequestSchema, request.body);
    response.json(await plans.of(await whom(body), body.as));
  });

  async function whom({
    userRef,
    subject = '',
  }: EntitlementPreviewRequest): Promise<ResolvedPerson> {
    if (userRef) return persons.byUserRef(lowerCase(userRef));
    const resolved = await persons.bySubject(subject);
    if (resolved) return resolved;
    const met = persons.asksIdentityProvider
      ? undefined
      : await persons.findMet(subject);
    if (met) return persons.byUserRef(met.person.userRef);
    throw new NotFoundError(
      `The identity provider knows nobody with the id ${subject}`,
    );
  }
}
