import { mockErrorHandler } from '@backstage/backend-test-utils';
import { encodeOAuthState } from '@backstage/plugin-auth-node';
import express from 'express';
import request from 'supertest';
import { createRedirectGuard } from './redirectGuard';

const portal = 'https://portal.example';

const app = express();
app.use(createRedirectGuard(`${portal}/`));
app.use((_request, response) => {
  response.json({ passed: true });
});
app.use(mockErrorHandler());

const start = (redirectUrl: string) =>
  request(app).get('/oidc/start').query({ env: 'production', redirectUrl });

const callback = (redirectUrl: string, path = '/oidc/handler/frame') =>
  request(app)
    .get(path)
    .query({
      state: encodeOAuthState({
        nonce: 'x',
        env: 'production',
        flow: 'redirect',
        redirectUrl,
      }),
    });

describe('createRedirectGuard', () => {
  it.each([
    portal,
    `${portal}/formulas?category=web#top`,
    '/catalog',
    `${portal}/?next=https://evil.example`,
  ])('lets a sign-in lead to %s', async redirectUrl => {
    expect((await start(redirectUrl)).status).toBe(200);
    expect((await callback(redirectUrl)).status).toBe(200);
  });

  it.each([
    'https://evil.example',
    'https://evil.example/https://portal.example',
    'https://portal.example.evil.example',
    'https://portal.example@evil.example',
    'https://portal.example:8443',
    'http://portal.example',
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '\thttps://evil.example',
    '/\t/evil.example',
    ['javascript', 'alert(1)'].join(':'),
    'data:text/html,hello',
    'https://',
  ])('does not let it lead to %j', async redirectUrl => {
    expect((await start(redirectUrl)).status).toBe(403);
    expect((await callback(redirectUrl)).status).toBe(403);
    expect((await callback(redirectUrl, '/OIDC/Handler/Frame/')).status).toBe(
      403,
    );
  });

  it('checks every one of several', async () => {
    const response = await request(app).get(
      '/oidc/start?redirectUrl=https://evil.example&redirectUrl=/',
    );
    expect(response.status).toBe(403);
  });

  it('lets a sign-in without a redirect pass, and what has no state', async () => {
    for (const path of [
      '/oidc/start',
      '/oidc/handler/frame',
      '/oidc/refresh',
    ]) {
      expect((await request(app).get(path)).status).toBe(200);
    }
  });
});
