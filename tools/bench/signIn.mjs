import { request } from 'playwright-core';
import { Problem } from '../launch/problem.mjs';
import { until } from './until.mjs';

const LOGIN_FORM = /<form[^>]*action="([^"]+)"/;

/**
 * Signs somebody in as a browser does: the portal's OpenID Connect flow, with
 * the identity provider's form filled in.
 *
 * @returns their Backstage token, good for an hour
 */
export async function signIn(portal, { username, password }) {
  const session = await request.newContext({ baseURL: portal });
  try {
    const form = await session.get('/api/auth/oidc/start', {
      params: { env: 'production', scope: 'openid profile email' },
    });
    const action = (await form.text()).match(LOGIN_FORM)?.[1];
    if (!action) {
      throw new Problem(
        `The sign-in of ${username} did not lead to the identity provider's form, but to ${form.url()}.`,
      );
    }
    await session.post(
      new URL(action.replaceAll('&amp;', '&'), form.url()).href,
      { form: { username, password } },
    );
    // Nobody signs in before the catalog has read the organisations.
    return await until(`${username} can sign in`, async () => {
      const answer = await session.get('/api/auth/oidc/refresh', {
        params: { env: 'production' },
        headers: { 'X-Requested-With': 'XMLHttpRequest' },
      });
      return answer.ok()
        ? (await answer.json()).backstageIdentity.token
        : undefined;
    });
  } finally {
    await session.dispose();
  }
}
