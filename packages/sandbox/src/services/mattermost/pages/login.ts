import express from 'express';
import { ServiceContext } from '../../../core/service';
import { OidcLogin } from '../../../core/oidc-login';
import { html } from '../../../core/page';
import { AppError } from '../app-error';
import { cookie } from '../api/context';
import { Mattermost } from '../model';
import { SESSION_COOKIE, SESSION_MS } from '../model/sessions';
import { SSO_SERVICES, SsoService } from '../model/sso';
import { sendPage } from './frame';

/** `/login`, the way to the identity provider and back, `/logout`. */
export function addLoginPages(
  router: express.Router,
  { sso, sessions }: Mattermost,
  { url, credentials }: ServiceContext,
): void {
  const login = (service: SsoService) =>
    new OidcLogin({
      issuer: credentials.services.keycloak.issuer,
      ...credentials.services.mattermost.login,
      redirectUri: `${url}/signup/${service}/complete`,
      scope: 'openid profile email',
    });
  const logins = Object.fromEntries(
    SSO_SERVICES.map(service => [service, login(service)]),
  ) as Record<SsoService, OidcLogin>;

  router.get('/login', (request, response) => {
    const target = String(request.query.redirect_to ?? '/');
    sendPage(
      response,
      'Log in to your account',
      html`<p class="note">
          Your account was made for you. Use the identity that you use for
          everything else.
        </p>
        <p>
          <a
            class="button"
            href="/oauth/openid/login?redirect_to=${encodeURIComponent(target)}"
            >Log in with Keycloak</a
          >
        </p>`,
    );
  });

  router.get('/oauth/:service/login', async (request, response) => {
    const service = sso.service(request.params.service);
    await logins[service].begin(
      response,
      String(request.query.redirect_to ?? '/'),
    );
  });

  router.get('/signup/:service/complete', async (request, response) => {
    const service = sso.service(request.params.service);
    const identity = await logins[service].finish(request);
    const user = sso.login(service, identity);
    response.cookie(SESSION_COOKIE, sessions.begin(user), {
      httpOnly: true,
      sameSite: 'lax',
      maxAge: SESSION_MS,
    });
    response.redirect(identity.returnTo);
  });

  router.get('/logout', (request, response) => {
    const token = cookie(request, SESSION_COOKIE);
    if (token) sessions.end(token);
    response.clearCookie(SESSION_COOKIE);
    response.redirect('/login');
  });
}

/** What a person reads when the log-in was refused. */
export function sendLoginError(
  response: express.Response,
  error: unknown,
): void {
  const known = error instanceof AppError ? error : undefined;
  response.status(known?.status ?? 500);
  sendPage(
    response,
    'Mattermost could not log you in',
    html`<p class="error" role="alert">
        ${error instanceof Error ? error.message : String(error)}
      </p>
      ${known?.id === 'api.user.create_user.disabled.app_error'
        ? html`<p>
            There is no account that is linked to your identity, and this server
            makes none by itself. Ask for one in Formulary.
          </p>`
        : ''}
      ${known ? html`<p class="note"><code>${known.id}</code></p>` : ''}
      <p><a href="/login">Back to the log-in</a></p>`,
  );
}
