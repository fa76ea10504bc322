import { parse } from 'cookie';
import express from 'express';
import { Markup, renderPage } from '../../../core/page';
import { Gitea } from '../model';

/** Gitea's own session cookie; other stand-ins share the host, so names must differ. */
export const SESSION_COOKIE = 'i_like_gitea';

/** The signed-in person of a page request. */
export function signedIn(gitea: Gitea, request: express.Request) {
  return gitea.logins.session(
    parse(request.get('cookie') ?? '')[SESSION_COOKIE],
  );
}

/** Sends a page in Gitea's frame. */
export function sendPage(
  gitea: Gitea,
  request: express.Request,
  response: express.Response,
  title: string,
  content: Markup,
  status = 200,
): void {
  const user = signedIn(gitea, request)?.user;
  response
    .status(status)
    .type('html')
    .send(
      renderPage(
        {
          service: 'Gitea',
          colour: '#4c7a2a',
          title,
          user: user && { name: user.login, logoutPath: '/user/logout' },
          // Whoever logs in comes back to where they were.
          loginPath: `/user/login?redirect_to=${encodeURIComponent(
            request.path.startsWith('/user/') ? '/' : request.path,
          )}`,
        },
        content,
      ),
    );
}
