import express from 'express';
import { OidcIdentity, OidcLogin } from '../../../core/oidc-login';
import { html } from '../../../core/page';
import { Gitea, LOGIN_SOURCE } from '../model';
import { AccountRow } from '../model/rows';
import { sendPage, SESSION_COOKIE, signedIn } from './frame';

/**
 * The account that a log-in through the OAuth2 source lands on: the one with the
 * source and the subject as login name, and no other. Automatic registration
 * and linking are off, as they are by default.
 *
 * Source: Gitea's `routers/web/auth/oauth.go`, `oAuth2UserLoginCallback`.
 */
function linkedAccount(
  gitea: Gitea,
  { subject }: OidcIdentity,
): AccountRow | undefined {
  return gitea.accounts.filter(
    ({ kind, sourceId, loginName }) =>
      kind === 'user' &&
      sourceId === gitea.oauthSourceId &&
      loginName === subject,
  )[0];
}

/** Log-in, log-out and the callback of the OAuth2 source. */
export function addLoginPages(
  router: express.Router,
  gitea: Gitea,
  login: OidcLogin,
): void {
  router.get('/user/login', (request, response) => {
    sendPage(
      gitea,
      request,
      response,
      'Sign in',
      html`<p>
        <a
          class="button"
          href="/user/oauth2/${LOGIN_SOURCE}?redirect_to=${encodeURIComponent(
            target(request),
          )}"
          >Log in with Keycloak</a
        >
      </p>`,
    );
  });

  router.get(`/user/oauth2/${LOGIN_SOURCE}`, async (request, response) => {
    await login.begin(response, target(request));
  });

  router.get(
    `/user/oauth2/${LOGIN_SOURCE}/callback`,
    async (request, response) => {
      const identity = await login.finish(request);
      const account = linkedAccount(gitea, identity);
      if (!account) {
        response.redirect('/user/link_account');
        return;
      }
      if (account.prohibitLogin) {
        sendPage(
          gitea,
          request,
          response,
          'Sign in prohibited',
          html`<p class="error">
            Your account is prohibited from signing in, please contact your site
            administrator.
          </p>`,
          403,
        );
        return;
      }
      // A log-in activates an inactive account (`opts.IsActive = true` in the same file).
      const session = gitea.logins.openSession(
        gitea.accounts.put({
          ...account,
          active: true,
          lastLogin: new Date().toISOString(),
        }),
      );
      response.cookie(SESSION_COOKIE, session.id, {
        httpOnly: true,
        sameSite: 'lax',
      });
      response.redirect(identity.returnTo);
    },
  );

  router.get('/user/link_account', (request, response) => {
    sendPage(
      gitea,
      request,
      response,
      'Link account',
      html`<p class="error">
        No account here belongs to this log-in, and accounts are not made by
        logging in. Ask your platform team to prepare one.
      </p>`,
      403,
    );
  });

  router.get('/user/logout', (request, response) => {
    const known = signedIn(gitea, request);
    if (known) gitea.logins.closeSession(known.session);
    response.clearCookie(SESSION_COOKIE);
    response.redirect('/user/login');
  });
}

/** Where a log-in ends; what is not a path of this server is not followed later on. */
function target(request: express.Request): string {
  const { redirect_to: wanted } = request.query;
  return typeof wanted === 'string' ? wanted : '/';
}
