import type { APIRequestContext, APIResponse } from '@playwright/test';

/** The form to log in with, of Keycloak and of both stand-ins. */
const LOGIN_FORM = /<form[^>]*action="([^"]+)"/;

/** Somebody's session at the portal, without a page. */
export class Session {
  private constructor(
    private readonly request: APIRequestContext,
    private readonly token: string,
  ) {}

  /**
   * Signs in through a form of the identity provider.
   *
   * @param form - finds where it is sent to
   */
  static async signIn(
    request: APIRequestContext,
    fields: Record<string, string>,
    form = LOGIN_FORM,
  ): Promise<Session> {
    const page = await request.get('/api/auth/oidc/start', {
      params: { env: 'production', scope: 'openid profile email' },
    });
    const action = form.exec(await page.text())?.[1];
    if (!action) throw new Error(`No form to sign in with at ${page.url()}`);
    await request.post(
      new URL(action.replaceAll('&amp;', '&'), page.url()).href,
      { form: fields },
    );
    return Session.of(request);
  }

  /** @param request - of a page that is signed in */
  static async of(request: APIRequestContext): Promise<Session> {
    const refreshed = await request.get('/api/auth/oidc/refresh', {
      params: { env: 'production' },
      headers: { 'X-Requested-With': 'XMLHttpRequest' },
    });
    const { backstageIdentity } = await refreshed.json();
    return new Session(request, backstageIdentity.token);
  }

  /** Asks the portal, whatever it answers. */
  get(path: string): Promise<APIResponse> {
    return this.request.get(path, {
      headers: { Authorization: `Bearer ${this.token}` },
    });
  }

  /** Refs of the person and of their groups, as their sign-in had them. */
  async claimed(): Promise<string[]> {
    const answer = await this.get('/api/auth/v1/userinfo');
    return (await answer.json()).claims.ent;
  }
}
