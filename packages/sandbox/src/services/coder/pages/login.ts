import express from 'express';
import Router from 'express-promise-router';
import { OidcLogin } from '../../../core/oidc-login';
import { html } from '../../../core/page';
import { CoderAnswer } from '../answers';
import { Coder, SESSION_COOKIE } from '../Coder';
import { linkLogin } from '../linkLogin';
import { LOGIN_PATH, sendPage, sendRefusal } from './frame';

/** `/login`, `/logout` and the OIDC flow. */
export function loginPages(coder: Coder, oidc: OidcLogin): express.Router {
  const router = Router();

  router.get('/login', (request, response) => {
    const redirect = encodeURIComponent(String(request.query.redirect ?? '/'));
    sendPage(
      response,
      'Sign in to Coder',
      coder.caller(request),
      html`<p>
        <a class="button" href="${`${LOGIN_PATH}?redirect=${redirect}`}">
          Log in with Keycloak
        </a>
      </p>`,
    );
  });

  router.get('/logout', (request, response) => {
    coder.closeSession(request);
    response.clearCookie(SESSION_COOKIE, { path: '/' }).redirect('/login');
  });

  router.get(LOGIN_PATH, async (request, response) => {
    const { code, error, redirect } = request.query;
    if (code === undefined && error === undefined) {
      await oidc.begin(response, String(redirect ?? '/'));
      return;
    }
    try {
      const { returnTo, ...identity } = await oidc.finish(request);
      const user = linkLogin(coder, identity);
      response
        .cookie(SESSION_COOKIE, coder.openSession(user), {
          httpOnly: true,
          sameSite: 'lax',
          path: '/',
        })
        .redirect(307, returnTo);
    } catch (failure) {
      sendRefusal(
        response,
        failure instanceof CoderAnswer
          ? failure
          : new CoderAnswer(
              400,
              'Failed exchanging Oauth code.',
              failure instanceof Error ? failure.message : String(failure),
            ),
      );
    }
  });

  return router;
}
