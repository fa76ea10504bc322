import express from 'express';
import { Markup, renderPage } from '../../../core/page';
import { UserRow } from '../model/rows';

/** Answers a page in the stand-in's frame; the log-in page has its own way in and does not repeat it there. */
export function sendPage(
  response: express.Response,
  title: string,
  content: Markup,
  user?: UserRow,
): void {
  response.type('html').send(
    renderPage(
      {
        service: 'Mattermost',
        colour: '#1e325c',
        title,
        user: user && { name: user.username, logoutPath: '/logout' },
        loginPath:
          user || response.req.path === '/login' ? undefined : '/login',
      },
      content,
    ),
  );
}
