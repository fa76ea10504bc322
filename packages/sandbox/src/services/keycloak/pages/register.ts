import { html } from '../../../core/page';
import { SignUpErrors, SignUpField, SignUpForm } from '../model/sign-up';
import { keycloakPage } from './layout';

/** What the sign-up page shows. */
export interface RegisterPage {
  /** Where the form goes. */
  action: string;
  /** Where somebody who has an account goes. */
  loginLink: string;
  /** What was typed; passwords are not shown again. */
  form: SignUpForm;
  errors: SignUpErrors;
  /** E-mail domains whose owners join an organisation. */
  domains: string[];
}

const inputs: Array<{
  name: SignUpField;
  label: string;
  type: string;
  autocomplete: string;
}> = [
  {
    name: 'firstName',
    label: 'First name',
    type: 'text',
    autocomplete: 'given-name',
  },
  {
    name: 'lastName',
    label: 'Last name',
    type: 'text',
    autocomplete: 'family-name',
  },
  { name: 'email', label: 'Email', type: 'email', autocomplete: 'email' },
  {
    name: 'username',
    label: 'Username',
    type: 'text',
    autocomplete: 'username',
  },
  {
    name: 'password',
    label: 'Password',
    type: 'password',
    autocomplete: 'new-password',
  },
  {
    name: 'password-confirm',
    label: 'Confirm password',
    type: 'password',
    autocomplete: 'new-password',
  },
];

/** The sign-up page, with the field names of Keycloak's register.ftl. */
export function registerPage(page: RegisterPage): string {
  return keycloakPage(
    'Register',
    html`<p class="note">
        An address at ${page.domains.join(', ')} makes you a developer of that
        organisation. With any other you belong to none.
      </p>
      <form
        method="post"
        action="${page.action}"
        id="kc-register-form"
        novalidate
      >
        ${inputs.map(({ name, label, type, autocomplete }) => {
          const error = page.errors[name];
          return html`<div style="display:grid;gap:.25rem">
            <label for="${name}">${label}</label>
            <input
              id="${name}"
              name="${name}"
              type="${type}"
              autocomplete="${autocomplete}"
              value="${type === 'password' ? '' : page.form[name]}"
              required
              aria-invalid="${error ? 'true' : 'false'}"
              aria-describedby="${name}-error"
            />
            <span id="${name}-error" class="${error ? 'error' : ''}">
              ${error ?? ''}
            </span>
          </div>`;
        })}
        <button>Register</button>
      </form>
      <p><a href="${page.loginLink}">« Back to Login</a></p>`,
  );
}
