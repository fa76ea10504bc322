import express from 'express';
import { Gitea } from '../model';
import { AccountRow } from '../model/rows';
import { ApiError } from './apiError';

/** Who makes an API call. */
export interface Caller {
  user: AccountRow;
  scopes: string[];
}

const callers = new WeakMap<express.Request, Caller>();

/**
 * Reads `Authorization: token|bearer <token>` or Basic with a token as password
 * (Gitea's `services/auth/oauth2.go` and `basic.go`).
 */
export function readToken(request: express.Request): string | undefined {
  const [scheme = '', value = ''] = (request.get('authorization') ?? '').split(
    ' ',
  );
  switch (scheme.toLowerCase()) {
    case 'token':
    case 'bearer':
      return value;
    case 'basic': {
      const [name, password] = Buffer.from(value, 'base64')
        .toString()
        .split(':');
      return password === '' || password === 'x-oauth-basic' ? name : password;
    }
    default:
      return undefined;
  }
}

/** Knows who calls, when a token comes along; a wrong one is refused at once. */
export function identify(gitea: Gitea): express.RequestHandler {
  return (request, _response, next) => {
    const text = readToken(request);
    if (text === undefined) {
      next();
      return;
    }
    const found = gitea.logins.byToken(text);
    if (!found) {
      throw new ApiError(401, 'user does not exist [uid: 0, name: ]');
    }
    const { user, token } = found;
    if (user.prohibitLogin || !user.active) {
      throw new ApiError(
        403,
        'This account is prohibited from signing in, please contact your site administrator.',
      );
    }
    callers.set(request, { user, scopes: token.scopes });
    next();
  };
}

/** The caller, if any. */
export function caller(request: express.Request): Caller | undefined {
  return callers.get(request);
}

/** The caller. @throws ApiError 401 when nobody is signed in */
export function requireCaller(request: express.Request): AccountRow {
  const found = callers.get(request);
  if (!found) throw new ApiError(401, 'token is required');
  return found.user;
}

/** Whether a token's scopes reach: `write:` includes `read:`. */
export function hasScope(
  scopes: string[],
  category: string,
  level: 'read' | 'write',
): boolean {
  const enough = ['all', `write:${category}`, `${level}:${category}`];
  return scopes.some(given => enough.includes(given));
}

/** Demands a token scope; reading needs `read:` or more, everything else `write:` (`tokenRequiresScopes`). */
export function scope(category: string): express.RequestHandler {
  return (request, _response, next) => {
    const found = callers.get(request);
    if (found) {
      const level =
        request.method === 'GET' || request.method === 'HEAD'
          ? 'read'
          : 'write';
      if (!hasScope(found.scopes, category, level)) {
        throw new ApiError(
          403,
          `token does not have at least one of required scope(s): [${level}:${category}]`,
        );
      }
    }
    next();
  };
}

/** Demands a site administrator. */
export const administrator: express.RequestHandler = (
  request,
  _response,
  next,
) => {
  if (!requireCaller(request).isAdmin) {
    throw new ApiError(403, 'user should be the site admin');
  }
  next();
};
