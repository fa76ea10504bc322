import express from 'express';
import Router from 'express-promise-router';
import { Gitea } from '../model';
import { adminUsers } from './adminUsers';
import { apiErrors, notFound } from './apiError';
import { identify } from './authenticate';
import { contents } from './contents';
import { organizations } from './organizations';
import { repositories } from './repositories';
import { repositorySettings } from './repositorySettings';
import { repositoryTeams } from './repositoryTeams';
import { tokens } from './tokens';
import { users } from './users';

/** Version that the stand-in imitates. */
const VERSION = '1.25.2';

/** Gitea's API, to be mounted at `/api/v1`. */
export function createApi(
  gitea: Gitea,
  url: string,
  log: (message: string) => void,
): express.Router {
  const router = Router();
  router.use(express.json({ limit: '1mb' }));
  router.use(identify(gitea));
  router.get('/version', (_request, response) => {
    response.json({ version: VERSION });
  });
  router.use(repositories(gitea, url));
  router.use(repositorySettings(gitea, url));
  router.use(repositoryTeams(gitea));
  router.use('/admin/users', adminUsers(gitea, url));
  router.use(users(gitea, url));
  router.use(tokens(gitea, url));
  router.use(organizations(gitea, url));
  router.use(contents(gitea, url));
  router.use(() => {
    throw notFound();
  });
  router.use(apiErrors(url, log));
  return router;
}
