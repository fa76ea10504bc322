import { ResponseError, toError } from '@backstage/errors';

/** What went wrong, in the words of whoever knows best: the backend's before the status line's. */
export function messageOf(error: unknown): string {
  return error instanceof ResponseError
    ? error.cause.message
    : toError(error).message;
}
