import express from 'express';
import { html, Markup, renderPage } from '../../../core/page';
import { CoderAnswer } from '../answers';
import { UserRow } from '../model';

/** Where the log-in starts: Coder's callback begins the flow when it gets no code. */
export const LOGIN_PATH = '/api/v2/users/oidc/callback';

/** Sends a page in Coder's frame. */
export function sendPage(
  response: express.Response,
  title: string,
  user: UserRow | undefined,
  content: Markup,
): void {
  response.type('html').send(
    renderPage(
      {
        service: 'Coder',
        colour: '#0f3d5c',
        title,
        user: user && { name: user.username, logoutPath: '/logout' },
        loginPath: '/login',
      },
      content,
    ),
  );
}

/** Sends a refusal as a page. */
export function sendRefusal(
  response: express.Response,
  refusal: CoderAnswer,
  user?: UserRow,
): void {
  response.status(refusal.status);
  sendPage(
    response,
    refusal.message,
    user,
    html`<p class="error">${refusal.detail ?? refusal.message}</p>
      <p><a href="/login">Back to the log-in page</a></p>`,
  );
}
