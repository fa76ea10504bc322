import express from 'express';
import session from 'express-session';
import request from 'supertest';
import { keepCookiesHome } from './keepCookiesHome';

declare module 'express-session' {
  interface SessionData {
    state: string;
  }
}

/** Cookies as Backstage's auth backend sets them. */
async function cookiesOf(options: {
  https: boolean;
  trustProxy?: boolean;
}): Promise<string[]> {
  const app = express();
  app.set('trust proxy', options.trustProxy ?? false);
  app.use(keepCookiesHome(options));
  app.use(
    session({
      secret: 'a secret of a test',
      saveUninitialized: false,
      resave: false,
      cookie: { secure: options.https ? 'auto' : false },
    }),
  );
  app.get('/oidc/start', (req, response) => {
    req.session.state = 'kept until the way back';
    response.cookie('oidc-nonce', 'same-site', { sameSite: 'none' });
    response.redirect('https://idp.example/');
  });
  const { headers } = await request(app)
    .get('/oidc/start')
    .set('X-Forwarded-Proto', options.https ? 'https' : 'http');
  return headers['set-cookie'] as unknown as string[];
}

const sessionOf = (cookies: string[]) =>
  cookies.find(cookie => cookie.startsWith('connect.sid='))!;
const attributes = (cookie: string) =>
  cookie
    .split('; ')
    .slice(1)
    .filter(each => !/^(Path|Expires)=/.test(each))
    .sort();

describe('keepCookiesHome', () => {
  it('keeps the session of a sign-in from other sites', async () => {
    expect(attributes(sessionOf(await cookiesOf({ https: false })))).toEqual([
      'HttpOnly',
      'SameSite=Lax',
    ]);
  });

  it.each([false, true])(
    'sends it by https only, behind a proxy that is trusted: %s',
    async trustProxy => {
      const cookies = await cookiesOf({ https: true, trustProxy });
      expect(attributes(sessionOf(cookies))).toEqual([
        'HttpOnly',
        'SameSite=Lax',
        'Secure',
      ]);
    },
  );

  it('leaves what a cookie says itself', async () => {
    const [nonce] = await cookiesOf({ https: false });
    expect(nonce).toBe('oidc-nonce=same-site; Path=/; SameSite=None');
  });

  it('adds none', async () => {
    const app = express();
    app.use(keepCookiesHome({ https: true }), (_, response) => {
      response.json({});
    });
    const { headers } = await request(app).get('/');
    expect(headers).not.toHaveProperty('set-cookie');
  });
});
