import { parse } from 'cookie';
import express from 'express';
import { Markup, renderPage } from '../../../core/page';
import { MemberRow, Twenty } from '../model';

/** Twenty's own cookie; other stand-ins share the host, so names must differ. */
export const SESSION_COOKIE = 'tokenPair';

/** The signed-in member of a page request. */
export function signedIn(
  twenty: Twenty,
  request: express.Request,
): MemberRow | undefined {
  return twenty.member(parse(request.get('cookie') ?? '')[SESSION_COOKIE]);
}

/** Sends a page in Twenty's frame. */
export function sendPage(
  response: express.Response,
  member: MemberRow | undefined,
  title: string,
  content: Markup,
  status = 200,
): void {
  response
    .status(status)
    .type('html')
    .send(
      renderPage(
        {
          service: 'Twenty',
          colour: '#3b3b4f',
          title,
          user: member && {
            name: member.username ?? member.userEmail,
            logoutPath: '/auth/logout',
          },
          loginPath: '/welcome',
        },
        content,
      ),
    );
}
