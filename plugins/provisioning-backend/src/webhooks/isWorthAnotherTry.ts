import { isError } from '@backstage/errors';
import { isServiceError } from '@formulary/service-client-node';
import { mayPass } from '../engine/mayPass';
import { PartlyFailedError } from './PartlyFailedError';

/** Errors that say the same however often one asks. */
const REFUSALS = ['ConflictError', 'InputError', 'NotAllowedError', 'ZodError'];

/** Whether a failure to deal with a delivery may be gone next time: so is one of the database, which restarts now and then. */
export function isWorthAnotherTry(error: unknown): boolean {
  if (error instanceof PartlyFailedError) {
    return error.causes.some(isWorthAnotherTry);
  }
  if (isServiceError(error)) return mayPass(error);
  return !(isError(error) && REFUSALS.includes(error.name));
}
