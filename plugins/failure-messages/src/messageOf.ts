import { ResponseError, toError } from '@backstage/errors';

/** What browsers, and Node in tests, call a request without an answer; it is a `TypeError` in all of them. */
const NO_ANSWER =
  /^(Failed to fetch|NetworkError when attempting|Load failed|fetch failed)/;

/**
 * What went wrong, for the person in front of the page: in the words of
 * whoever knows best, the backend's before the status line's.
 *
 * @public
 */
export function messageOf(error: unknown): string {
  if (error instanceof ResponseError) return ofResponse(error);
  const { name, message } = toError(error);
  if (error instanceof TypeError && NO_ANSWER.test(message)) {
    return 'The portal cannot be reached. Check your connection, and try again';
  }
  if (name === 'ZodError' || name === '$ZodError') {
    return 'The portal answered something that this page does not understand. Reload the page: the portal may have been updated';
  }
  return message;
}

function ofResponse({ cause, statusCode, statusText }: ResponseError): string {
  // What Backstage says of an answer that is no error of a backend, page and
  // all (@backstage/errors, parseErrorResponseBody).
  return cause.message.startsWith('Request failed with status ')
    ? `The portal answered ${[statusCode, statusText]
        .filter(Boolean)
        .join(' ')}. Try again; if that does not help, tell your platform team`
    : cause.message;
}
