import express from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { UniqueViolation } from '../../../core/store';
import { Gitea } from '../model';
import { ApiError, notFound } from './apiError';
import { requireCaller } from './authenticate';
import { readBody } from './body';
import { page } from './paging';

const createSchema = z.object({
  name: z.string().min(1).max(255),
  scopes: z.array(z.string()).default([]),
});

/** `AccessTokenScope.Normalize` of `models/auth/access_token_scope.go`. */
const SCOPE =
  /^(?:all|public-only|(?:read|write):(?:activitypub|admin|issue|misc|notification|organization|package|repository|user))$/;

/**
 * `/api/v1/users/{username}/tokens` (`routers/api/v1/user/app.go`), for oneself
 * and for administrators, with Basic authentication only.
 */
export function tokens(gitea: Gitea, url: string): express.Router {
  const router = Router();

  const userOf = (request: express.Request) => {
    const viewer = requireCaller(request);
    if (!/^basic /i.test(request.get('authorization') ?? '')) {
      throw new ApiError(401, 'auth required');
    }
    const user = gitea.account(request.params.username, 'user');
    if (!user) throw notFound();
    if (!viewer.isAdmin && viewer.id !== user.id) {
      throw new ApiError(
        403,
        'doer should be the site admin or be same as the contextUser',
      );
    }
    return user;
  };

  router.get('/users/:username/tokens', (request, response) => {
    const owned = gitea.logins.tokensOf(userOf(request));
    response.json(
      page(request, response, owned, url).map(token => ({
        id: token.number,
        name: token.name,
        sha1: '',
        token_last_eight: token.lastEight,
        scopes: token.scopes,
      })),
    );
  });

  router.post('/users/:username/tokens', (request, response) => {
    const user = userOf(request);
    const body = readBody(createSchema, request.body);
    const unknown = body.scopes.find(scope => !SCOPE.test(scope));
    if (unknown !== undefined || body.scopes.length === 0) {
      throw new ApiError(
        400,
        unknown === undefined
          ? 'access token must have a scope'
          : `invalid access token scope provided: ${unknown}`,
      );
    }
    try {
      const { row, text } = gitea.logins.addToken(user, body.name, body.scopes);
      response.status(201).json({
        id: row.number,
        name: row.name,
        sha1: text,
        token_last_eight: row.lastEight,
        scopes: row.scopes,
      });
    } catch (error) {
      if (!(error instanceof UniqueViolation)) throw error;
      throw new ApiError(400, 'access token name has been used already');
    }
  });

  router.delete('/users/:username/tokens/:token', (request, response) => {
    const wanted = request.params.token;
    const token = gitea.logins
      .tokensOf(userOf(request))
      .find(({ number, name }) => [String(number), name].includes(wanted));
    if (!token) throw notFound();
    gitea.logins.removeToken(token);
    response.status(204).end();
  });

  return router;
}
