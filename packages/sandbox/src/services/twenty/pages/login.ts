import express from 'express';
import { OidcLogin } from '../../../core/oidc-login';
import { html } from '../../../core/page';
import { Twenty } from '../model';
import { sendPage, SESSION_COOKIE, signedIn } from './frame';

/** Single sign-on: a verified address becomes a workspace member at its first log-in. */
export function addLoginPages(
  router: express.Router,
  twenty: Twenty,
  login: OidcLogin,
): void {
  router.get('/welcome', (request, response) => {
    sendPage(
      response,
      signedIn(twenty, request),
      'Welcome to Twenty',
      html`<p>
        <a class="button" href="/auth/oidc/login">Log in with Keycloak</a>
      </p>`,
    );
  });

  router.get('/auth/oidc/login', async (_request, response) => {
    await login.begin(response);
  });

  router.get('/auth/oidc/callback', async (request, response) => {
    const { email, emailVerified, name, username, subject } =
      await login.finish(request);
    if (!email || !emailVerified) {
      sendPage(
        response,
        undefined,
        'You can not log in',
        html`<p class="error">
          The identity provider does not vouch for your e-mail address.
        </p>`,
        403,
      );
      return;
    }
    const session = twenty.signIn({
      name: name ?? email,
      userEmail: email,
      subject,
      username,
    });
    response.cookie(SESSION_COOKIE, session.id, {
      httpOnly: true,
      sameSite: 'lax',
    });
    const person = twenty.people.find(
      'emailsPrimaryEmail',
      email.toLowerCase(),
    );
    response.redirect(
      person && !person.deletedAt
        ? `/object/person/${person.id}`
        : '/objects/people',
    );
  });

  router.get('/auth/logout', (_request, response) => {
    response.clearCookie(SESSION_COOKIE);
    response.redirect('/welcome');
  });
}
