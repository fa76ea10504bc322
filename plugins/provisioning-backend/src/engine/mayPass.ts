import { isServiceError, ServiceError } from '@formulary/service-client-node';

/**
 * Whether a call that failed is worth another try with nothing changed. So is
 * one that got something else than the API promises: a proxy in front of a
 * service that restarts answers with a page of its own.
 */
export function mayPass(error: unknown): error is ServiceError {
  return (
    isServiceError(error) &&
    (error.transient || error.kind === 'unexpected-response')
  );
}
