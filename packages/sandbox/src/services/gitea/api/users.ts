import express from 'express';
import Router from 'express-promise-router';
import { Gitea } from '../model';
import { notFound } from './apiError';
import { caller, requireCaller, scope } from './authenticate';
import { page } from './paging';
import { organizationShape, repositoryShape, userShape } from './shapes';

/** `/api/v1/user`, `/users` (`routers/api/v1/user`). */
export function users(gitea: Gitea, url: string): express.Router {
  const router = Router();

  router.get('/user', scope('user'), (request, response) => {
    const user = requireCaller(request);
    response.json(userShape(user, url, user));
  });

  router.get('/users/search', scope('user'), (request, response) => {
    const viewer = caller(request)?.user;
    const text = String(request.query.q ?? '').toLowerCase();
    const found = gitea.accounts.filter(
      ({ kind, login, fullName, email }) =>
        kind === 'user' &&
        [login, fullName, email].some(field =>
          field.toLowerCase().includes(text),
        ),
    );
    response.json({
      ok: true,
      data: page(request, response, found, url).map(user =>
        userShape(user, url, viewer),
      ),
    });
  });

  router.get('/users/:username', scope('user'), (request, response) => {
    const user = gitea.account(request.params.username, 'user');
    if (!user) throw notFound();
    response.json(userShape(user, url, caller(request)?.user));
  });

  router.get(
    '/users/:username/repos',
    scope('user'),
    async (request, response) => {
      const user = gitea.account(request.params.username);
      if (!user) throw notFound();
      const viewer = caller(request)?.user;
      const visible = gitea.repositories.filter(
        repository =>
          repository.ownerId === user.id &&
          gitea.permission(repository, viewer) !== 'none',
      );
      response.json(
        await Promise.all(
          page(request, response, visible, url).map(repository =>
            repositoryShape(gitea, repository, url, viewer),
          ),
        ),
      );
    },
  );

  router.get(
    '/users/:username/orgs',
    scope('organization'),
    (request, response) => {
      const user = gitea.account(request.params.username, 'user');
      if (!user) throw notFound();
      const joined = gitea.accounts.filter(
        account =>
          account.kind === 'organization' &&
          gitea.isMember(account.id, user.id),
      );
      response.json(
        page(request, response, joined, url).map(organizationShape),
      );
    },
  );

  return router;
}
