import { isError } from '@backstage/errors';
import { isServiceError } from '@formulary/service-client-node';
import { PartlyFailedError } from './PartlyFailedError';

/** Whether a failure to deal with a delivery may pass by itself. */
export function mayPass(error: unknown): boolean {
  if (error instanceof PartlyFailedError) return error.causes.some(mayPass);
  if (isServiceError(error)) return error.transient;
  // Of a person whom the organisation sync has not brought yet.
  return isError(error) && error.name === 'NotFoundError';
}
