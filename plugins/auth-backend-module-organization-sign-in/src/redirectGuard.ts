import { NotAllowedError } from '@backstage/errors';
import { decodeOAuthState } from '@backstage/plugin-auth-node';
import { Router as ExpressRouter } from 'express';
import Router from 'express-promise-router';

/**
 * Keeps a sign-in from ending on another site. Backstage follows the `redirectUrl`
 * that a link names without a look at it, on the way back from the identity
 * provider even when nobody has signed in (auth-node,
 * `createOAuthRouteHandlers`): a link to the portal could lead anywhere.
 *
 * @param appUrl - address of the portal's pages, the only ones that a sign-in leads back to
 */
export function createRedirectGuard(appUrl: string): ExpressRouter {
  const { origin } = new URL(appUrl);

  const check = (redirectUrl: string | undefined) => {
    if (redirectUrl === undefined) return;
    const isOurs =
      URL.canParse(redirectUrl, appUrl) &&
      new URL(redirectUrl, appUrl).origin === origin;
    if (!isOurs) {
      throw new NotAllowedError(
        'The link that led here wants to go on to another site. Sign in from the portal’s own page',
      );
    }
  };

  const router = Router();
  router.use('/:provider/start', async ({ query }) => {
    check(query.redirectUrl?.toString());
    return 'next';
  });
  router.use('/:provider/handler/frame', async ({ query }) => {
    if (query.state) {
      check(decodeOAuthState(query.state.toString()).redirectUrl);
    }
    return 'next';
  });
  return router;
}
