import { RequestHandler } from 'express';
import onHeaders from 'on-headers';

/**
 * Adds `SameSite=Lax` to the cookies of sign-in that say nothing about other
 * sites, and `Secure` when the portal is reached by https. Backstage makes the
 * cookie of the session that lasts while somebody signs in, `connect.sid`,
 * without the one, and without the other behind a proxy that it is not told to
 * trust (auth-backend, service/router); no config changes that.
 *
 * It has to stand before what sets the cookies: listeners of `on-headers`, which
 * express-session uses too, are called last one first.
 */
export function keepCookiesHome(options: { https: boolean }): RequestHandler {
  const strict = (cookie: string) => {
    const says = (attribute: string) =>
      cookie
        .split(';')
        .slice(1)
        .some(part =>
          part.trim().toLocaleLowerCase('en-US').startsWith(attribute),
        );
    return [
      cookie,
      ...(says('samesite') ? [] : ['SameSite=Lax']),
      ...(options.https && !says('secure') ? ['Secure'] : []),
    ].join('; ');
  };
  return (_request, response, next) => {
    onHeaders(response, () => {
      const cookies = response.getHeader('Set-Cookie');
      if (cookies === undefined) return;
      response.setHeader(
        'Set-Cookie',
        [cookies].flat().map(String).map(strict),
      );
    });
    next();
  };
}
