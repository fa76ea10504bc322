import { Request } from 'express';
import { OnboardRequest } from '../engine/Provisioning';
import { audited } from './audited';
import { RouterOptions } from './RouterOptions';

/** Has a person's accounts prepared, and the auditor told. */
export async function onboard(
  { auditor, persons, provisioning }: RouterOptions,
  request: Request,
  userRef: string,
  wanted: OnboardRequest,
) {
  return audited(
    auditor,
    { eventId: 'person-onboard', request, meta: { userRef } },
    async () => provisioning.onboard(await persons.byUserRef(userRef), wanted),
  );
}
