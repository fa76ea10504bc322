import { CookieJar } from 'tough-cookie';

/** What a browser shows in the end. */
export interface ShownPage {
  /** Where it is; for a page of another site, where it was sent. */
  url: URL;
  status: number;
  html: string;
}

/**
 * As much of a browser as a log-in needs: cookies with paths, redirects and
 * forms. It stays at one origin; a redirect to another is where it ends.
 */
export class Browser {
  private readonly jar = new CookieJar();

  constructor(private readonly origin: string) {}

  /** Opens an address. */
  async open(address: string, init: RequestInit = {}): Promise<ShownPage> {
    let url = new URL(address, this.origin);
    let request = init;
    for (let redirects = 0; redirects < 15; redirects += 1) {
      if (url.origin !== this.origin) return { url, status: 0, html: '' };
      const response = await fetch(url, {
        ...request,
        redirect: 'manual',
        headers: {
          Accept: 'text/html',
          Cookie: await this.jar.getCookieString(trusted(url)),
          ...request.headers,
        },
      });
      for (const cookie of response.headers.getSetCookie()) {
        await this.jar.setCookie(cookie, trusted(url));
      }
      const location = response.headers.get('location');
      if (!location) {
        return { url, status: response.status, html: await response.text() };
      }
      await response.body?.cancel();
      url = new URL(location, url);
      request = {};
    }
    throw new Error(`too many redirects, last to ${url}`);
  }

  /** Sends the form of a page, with its hidden fields. */
  submit(page: ShownPage, fields: Record<string, string>): Promise<ShownPage> {
    const action = /<form[^>]*\baction="([^"]*)"/.exec(page.html)?.[1];
    if (!action) throw new Error(`there is no form on ${page.url}`);
    const hidden = page.html.matchAll(
      /<input type="hidden" name="([^"]*)" value="([^"]*)"/g,
    );
    const values = [...hidden].map(([, name, value]) => [name, value]);
    return this.open(new URL(unescapeHtml(action), page.url).href, {
      method: 'POST',
      body: new URLSearchParams({ ...Object.fromEntries(values), ...fields }),
    });
  }

  /** Follows the link of a text. */
  follow(page: ShownPage, text: string): Promise<ShownPage> {
    const links = page.html.matchAll(/<a href="([^"]*)"[^>]*>([^<]*)<\/a>/g);
    const link = [...links].find(([, , label]) => label.trim() === text);
    if (!link) throw new Error(`there is no link "${text}" on ${page.url}`);
    return this.open(new URL(unescapeHtml(link[1]), page.url).href);
  }
}

/** Browsers trust localhost as they trust https: it gets secure cookies, as Keycloak's are. */
function trusted({ href }: URL) {
  return href.replace(/^http:\/\/localhost\b/, 'https://localhost');
}

function unescapeHtml(text: string) {
  return text.replace(/&amp;/g, '&').replace(/&quot;/g, '"');
}
