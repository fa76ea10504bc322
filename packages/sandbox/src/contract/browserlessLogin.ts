import { CookieJar } from 'tough-cookie';

/** Follows redirects and keeps cookies, as a browser does. */
export class BrowserlessSession {
  private readonly jar = new CookieJar();

  /** Fetches a page, through every redirect; `url` of the answer is where it ended. */
  async fetch(
    url: string,
    init: RequestInit = {},
  ): Promise<{ url: string; status: number; body: string }> {
    let address = url;
    let request: RequestInit = init;
    for (let hop = 0; hop < 20; hop += 1) {
      const response = await fetch(address, {
        ...request,
        redirect: 'manual',
        headers: {
          ...request.headers,
          Cookie: await this.jar.getCookieString(address),
        },
      });
      for (const cookie of response.headers.getSetCookie()) {
        await this.jar.setCookie(cookie, address, { ignoreError: true });
      }
      const location = response.headers.get('location');
      if (response.status < 300 || response.status >= 400 || !location) {
        return {
          url: address,
          status: response.status,
          body: await response.text(),
        };
      }
      address = new URL(location, address).href;
      // A redirect after a form is followed with GET.
      request = {};
    }
    throw new Error(`${url} redirects without an end`);
  }

  /**
   * Starts a log-in at a service, fills the identity provider's form and comes back.
   *
   * @returns the page on which the service ends
   */
  async logIn(startUrl: string, username: string, password: string) {
    const form = await this.fetch(startUrl);
    const action = form.body.match(/<form[^>]*action="([^"]+)"/)?.[1];
    if (!action || !form.body.includes('name="password"')) return form;
    return this.fetch(new URL(action.replaceAll('&amp;', '&'), form.url).href, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ username, password }).toString(),
    });
  }
}
