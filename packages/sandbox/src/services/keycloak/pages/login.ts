import { html } from '../../../core/page';
import { keycloakPage } from './layout';

/** What the log-in page shows. */
export interface LoginPage {
  /** Where the form goes. */
  action: string;
  /** Where somebody without an account goes. */
  registrationLink: string;
  username: string;
  error?: string;
}

/** The log-in page, with the field names of Keycloak's login.ftl. */
export function loginPage(page: LoginPage): string {
  return keycloakPage(
    'Sign in to your account',
    html`<form method="post" action="${page.action}" id="kc-form-login">
        ${page.error
          ? html`<p class="error" role="alert" id="input-error">
              ${page.error}
            </p>`
          : ''}
        <div style="display:grid;gap:.25rem">
          <label for="username">Username or email</label>
          <input
            id="username"
            name="username"
            value="${page.username}"
            autocomplete="username"
            autocapitalize="none"
            spellcheck="false"
            ${page.username ? '' : 'autofocus'}
          />
        </div>
        <div style="display:grid;gap:.25rem">
          <label for="password">Password</label>
          <input
            id="password"
            name="password"
            type="password"
            autocomplete="current-password"
            ${page.username ? 'autofocus' : ''}
          />
        </div>
        <button id="kc-login" name="login">Sign In</button>
      </form>
      <p>New user? <a href="${page.registrationLink}">Register</a></p>`,
  );
}
