import { eventually } from './eventually';

/** Follows redirects and keeps cookies, as a browser does; every address is of this machine. */
class Session {
  readonly #cookies = new Map<string, string>();

  async fetch(url: string, init: RequestInit = {}): Promise<Response> {
    let address = url;
    let request = init;
    for (let hop = 0; hop < 20; hop++) {
      const response = await fetch(address, {
        ...request,
        redirect: 'manual',
        headers: {
          ...request.headers,
          Cookie: [...this.#cookies].map(pair => pair.join('=')).join('; '),
        },
      });
      for (const cookie of response.headers.getSetCookie()) {
        const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
        if (name) this.#cookies.set(name, value);
      }
      const location = response.headers.get('location');
      if (!location) return response;
      address = new URL(location, address).href;
      // A redirect after a form is followed with GET.
      request = {};
    }
    throw new Error(`${url} redirects without an end`);
  }
}

/**
 * Signs somebody in as a browser does, through the identity provider's form.
 *
 * @returns their Backstage token, good for an hour
 */
export async function signIn(
  portal: string,
  { username, password }: { username: string; password: string },
): Promise<string> {
  const session = new Session();
  const form = await session.fetch(
    `${portal}/api/auth/oidc/start?env=production&scope=openid+profile+email`,
  );
  const action = /<form[^>]*action="([^"]+)"/.exec(await form.text())?.[1];
  if (!action) throw new Error(`${form.url} has no form to sign in`);
  await session.fetch(
    new URL(action.replaceAll('&amp;', '&'), form.url || portal).href,
    { method: 'POST', body: new URLSearchParams({ username, password }) },
  );
  // Nobody signs in before the catalog has read the organisations.
  return eventually(`${username} can sign in`, async () => {
    const answer = await session.fetch(
      `${portal}/api/auth/oidc/refresh?env=production`,
      { headers: { 'X-Requested-With': 'XMLHttpRequest' } },
    );
    return answer.ok
      ? (await answer.json()).backstageIdentity.token
      : undefined;
  });
}
