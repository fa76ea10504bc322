import express from 'express';
import { AppError, invalidUrl } from '../app-error';
import { Mattermost } from '../model';
import { isValidId, newId } from '../model/ids';
import { UserRow } from '../model/rows';
import { SESSION_COOKIE } from '../model/sessions';
import { SERVER_VERSION } from '../model/settings';

/** Page sizes of server/channels/web/params.go. */
const PER_PAGE_DEFAULT = 60;
const PER_PAGE_MAXIMUM = 200;

/** Value of a cookie of a request. */
export function cookie(
  request: express.Request,
  name: string,
): string | undefined {
  return request.headers.cookie
    ?.split(';')
    .map(part => part.trim().split('='))
    .find(([key]) => key === name)?.[1];
}

/**
 * Who makes a call.
 *
 * A browser's cookie does for reading; to change something it wants the header
 * that a foreign page can't set, as the server does against forged requests.
 */
export function findCaller(
  { sessions }: Mattermost,
  request: express.Request,
): UserRow | undefined {
  const header = /^(?:bearer|token) (\S+)$/i.exec(
    request.get('authorization') ?? '',
  );
  if (header) return sessions.user(header[1]);
  const token = cookie(request, SESSION_COOKIE);
  const isSafe =
    request.method === 'GET' ||
    request.get('x-requested-with') === 'XMLHttpRequest';
  return token && isSafe ? sessions.user(token) : undefined;
}

/** @throws AppError 401 when nobody is logged in (`SessionRequired`) */
export function caller(
  mattermost: Mattermost,
  request: express.Request,
): UserRow {
  const user = findCaller(mattermost, request);
  if (!user) {
    throw new AppError(
      'api.context.session_expired.app_error',
      401,
      {},
      'UserRequired',
    );
  }
  return user;
}

/** An id of the path; `me` is the caller. */
export function pathId(
  request: express.Request,
  name: string,
  me?: UserRow,
): string {
  const value = request.params[name];
  if (me && value === 'me') return me.id;
  if (!isValidId(value)) throw invalidUrl(name);
  return value;
}

/** One page of a list, by `page` (from 0) and `per_page`. */
export function paginate<T>(request: express.Request, rows: T[]): T[] {
  const number = (name: string, fallback: number) => {
    const value = Number.parseInt(String(request.query[name] ?? ''), 10);
    return Number.isNaN(value) || value < 0 ? fallback : value;
  };
  const page = number('page', 0);
  const size = Math.min(number('per_page', PER_PAGE_DEFAULT), PER_PAGE_MAXIMUM);
  return rows.slice(page * size, (page + 1) * size);
}

/** Headers that every answer of the API has. */
export const apiHeaders: express.RequestHandler = (
  _request,
  response,
  next,
) => {
  response.set({
    'X-Request-Id': newId(),
    'X-Version-Id': `${SERVER_VERSION}.${SERVER_VERSION}.sandbox.true`,
  });
  next();
};

/** Answers an error in the server's shape. */
export const apiErrors: express.ErrorRequestHandler = (
  error: unknown,
  _request,
  response,
  next,
) => {
  const known = error instanceof AppError ? error : bodyError(error);
  if (!known) {
    next(error);
    return;
  }
  response.status(known.status).json({
    id: known.id,
    message: known.message,
    detailed_error: known.detail,
    request_id: response.get('X-Request-Id'),
    status_code: known.status,
  });
};

/** What Express's body parser throws for a body that is not JSON. */
function bodyError(error: unknown): AppError | undefined {
  return error instanceof SyntaxError && 'body' in error
    ? new AppError('api.context.invalid_body_param.app_error', 400, {
        Name: 'body',
      })
    : undefined;
}
