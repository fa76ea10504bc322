import express from 'express';
import Router from 'express-promise-router';
import { AppError } from '../app-error';
import { Mattermost } from '../model';
import { addBotRoutes } from './bots';
import { addChannelRoutes } from './channels';
import { apiErrors, apiHeaders } from './context';
import { addPostRoutes } from './posts';
import { addSystemRoutes } from './system';
import { addTeamRoutes } from './teams';
import { addUserRoutes } from './users';

/** The API, below `/api/v4`. */
export function createApi(mattermost: Mattermost, url: string): express.Router {
  const router = Router();
  router.use(apiHeaders);
  router.use(express.json({ limit: '1mb', type: () => true }));
  addSystemRoutes(router, mattermost, url);
  addBotRoutes(router, mattermost);
  addUserRoutes(router, mattermost);
  addTeamRoutes(router, mattermost);
  addChannelRoutes(router, mattermost);
  addPostRoutes(router, mattermost);
  router.use(() => {
    throw new AppError('api.context.404.app_error', 404);
  });
  router.use(apiErrors);
  return router;
}
