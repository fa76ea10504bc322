import { html } from '../../../core/page';
import { keycloakPage } from './layout';

/** The page that says what went wrong. */
export function errorPage(message: string, back?: string): string {
  return keycloakPage(
    'We are sorry...',
    html`<p class="error" role="alert">${message}</p>
      ${back ? html`<p><a href="${back}">Back to Application</a></p>` : ''}`,
  );
}
