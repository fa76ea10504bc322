import express from 'express';
import Router from 'express-promise-router';
import { StandInFactory } from '../../core/service';
import { createApi } from './api';
import { rateLimit } from './api/rate-limit';
import { openMattermost } from './model';
import { addLoginPages, sendLoginError } from './pages/login';
import { addTeamPages } from './pages/team';
import { seed } from './seed';

/**
 * Stand-in for a licensed Mattermost 11: API v4, log-in through OpenID Connect
 * or the GitLab provider, and pages for teams and channels.
 */
export const createMattermost: StandInFactory = async context => {
  const mattermost = openMattermost(context.store);
  seed(mattermost, context.credentials);

  const app = express();
  app.disable('x-powered-by');
  app.use(rateLimit(mattermost.settings));
  app.use('/api/v4', createApi(mattermost, context.url));

  const pages = Router();
  addLoginPages(pages, mattermost, context);
  addTeamPages(pages, mattermost, context.url);
  app.use(pages);
  const errors: express.ErrorRequestHandler = (
    error,
    _request,
    response,
    _next,
  ) => sendLoginError(response, error);
  app.use(errors);
  return { app };
};
