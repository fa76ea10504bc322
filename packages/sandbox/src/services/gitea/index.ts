import express from 'express';
import Router from 'express-promise-router';
import { OidcLogin } from '../../core/oidc-login';
import { html } from '../../core/page';
import { StandInFactory } from '../../core/service';
import { createApi } from './api';
import { gitHttp } from './gitHttp';
import { Gitea, LOGIN_SOURCE } from './model';
import { sendPage } from './pages/frame';
import { addLoginPages } from './pages/login';
import { addRepositoryPages } from './pages/repository';
import { addSettingsPages } from './pages/settings';
import { seed } from './seed';

/** Stand-in for Gitea 1.25: API v1, git over HTTP, log-in through an OAuth2 source, and pages. */
export const createGitea: StandInFactory = async ({
  store,
  url,
  credentials,
  log,
}) => {
  const { gitea: settings, keycloak } = credentials.services;
  const gitea = new Gitea(store, settings.oauthSourceId);
  seed(gitea, credentials.services);

  const app = express();
  app.disable('x-powered-by');
  app.use(gitHttp(gitea, log));
  app.use('/api/v1', createApi(gitea, url, log));

  const pages = Router();
  addLoginPages(
    pages,
    gitea,
    new OidcLogin({
      issuer: keycloak.issuer,
      ...settings.login,
      redirectUri: `${url}/user/oauth2/${LOGIN_SOURCE}/callback`,
      scope: 'openid profile email',
    }),
  );
  addSettingsPages(pages, gitea);
  addRepositoryPages(pages, gitea, url);
  app.use(pages);
  const failed: express.ErrorRequestHandler = (
    error,
    request,
    response,
    _next,
  ) => {
    log(`a page failed: ${error}`);
    sendPage(
      gitea,
      request,
      response,
      'Something went wrong',
      html`<p class="error">
        ${error instanceof Error ? error.message : 'Unknown error'}
      </p>`,
      500,
    );
  };
  app.use(failed);
  return { app };
};
