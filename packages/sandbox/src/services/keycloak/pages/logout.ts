import { raw } from 'hono/html';
import { html } from '../../../core/page';
import { keycloakPage } from './layout';

/**
 * The page that asks before it ends the session.
 *
 * @param form - the provider's form, `op.logoutForm`, whose `logout=yes` ends it
 * @param confirmed - a client that sends an ID token needs no confirmation: the page confirms itself
 */
export function logoutPage(form: string, confirmed: boolean): string {
  return keycloakPage(
    'Logging out',
    html`<p>Do you want to log out?</p>
      ${raw(form)}
      <button id="kc-logout" form="op.logoutForm" name="logout" value="yes">
        Logout
      </button>
      ${confirmed
        ? html`<script>
            document.getElementById('kc-logout').click();
          </script>`
        : ''}`,
  );
}

/** The page at the end, when the client named no page of its own. */
export function loggedOutPage(back: string | undefined): string {
  return keycloakPage(
    'You are logged out',
    html`<p>Nobody is signed in at Keycloak in this browser any more.</p>
      ${back ? html`<p><a href="${back}">Back to Application</a></p>` : ''}`,
  );
}
