import express from 'express';
import Router from 'express-promise-router';
import { OidcLogin } from '../../core/oidc-login';
import { html } from '../../core/page';
import { StandInFactory } from '../../core/service';
import { createApis } from './api';
import { RateLimit } from './api/rateLimit';
import { Twenty } from './model';
import { sendPage, signedIn } from './pages/frame';
import { addLoginPages } from './pages/login';
import { addRecordPages } from './pages/records';
import { seed } from './seed';

/** The version that the stand-in imitates. */
const VERSION = '2.43.0';

/**
 * Stand-in for Twenty: one workspace with its core and metadata APIs, single
 * sign-on and record pages.
 *
 * `SANDBOX_TWENTY_CALLS_PER_MINUTE` switches the real server's rate limit on (100 operations there).
 */
export const createTwenty: StandInFactory = async ({
  store,
  url,
  credentials,
  log,
}) => {
  const { twenty: settings, keycloak } = credentials.services;
  const twenty = new Twenty(store);
  seed(twenty);
  const limit = new RateLimit(
    Number(process.env.SANDBOX_TWENTY_CALLS_PER_MINUTE ?? 0),
  );

  const app = express();
  app.disable('x-powered-by');
  app.use(createApis(twenty, settings.token, limit));
  app.get('/healthz', (_request, response) => {
    response.json({ status: 'ok', info: {}, error: {}, details: {} });
  });

  // What the front end asks for first, without a log-in (`client-config.controller.ts`).
  app.get('/client-config', (_request, response) => {
    response.json({
      appVersion: VERSION,
      authProviders: {
        google: false,
        magicLink: false,
        microsoft: false,
        password: false,
        sso: [],
      },
      isMultiWorkspaceEnabled: false,
      api: { mutationMaximumAffectedRecords: 100 },
    });
  });

  const pages = Router();
  pages.get('/', (request, response) => {
    response.redirect(
      signedIn(twenty, request) ? '/objects/people' : '/welcome',
    );
  });
  addLoginPages(
    pages,
    twenty,
    new OidcLogin({
      issuer: keycloak.issuer,
      ...settings.login,
      redirectUri: `${url}/auth/oidc/callback`,
      scope: 'openid profile email',
    }),
  );
  addRecordPages(pages, twenty);
  app.use(pages);
  const failed: express.ErrorRequestHandler = (
    error,
    _request,
    response,
    _next,
  ) => {
    log(`a page failed: ${error}`);
    sendPage(
      response,
      undefined,
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
