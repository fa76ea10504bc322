import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import type express from 'express';
import type Provider from 'oidc-provider';
import type { Interaction, KoaContextWithOIDC } from 'oidc-provider';

/** Ties the steps of a log-in to one browser. */
const BROWSER_COOKIE = 'AUTH_SESSION_ID';

/** Paths of the steps, below the realm. */
export type LoginStep = 'authenticate' | 'registration';

/**
 * A log-in between the authorization request and the way back to the client.
 *
 * Several may be under way in one browser, one a tab, so what identifies one is
 * in the address, as in Keycloak: `tab_id` names it, and `session_code` proves
 * that it was this browser that began it. Without that proof somebody could send
 * a link to their own log-in and become whoever follows it.
 */
export class LoginFlow {
  constructor(
    private readonly realmUrl: string,
    private readonly secret: string,
  ) {}

  /** Address of the first step of a new log-in, for the provider's redirect. */
  begin(ctx: KoaContextWithOIDC, uid: string): string {
    const browser = ctx.cookies.get(BROWSER_COOKIE) ?? randomUUID();
    ctx.cookies.set(BROWSER_COOKIE, browser, {
      path: `${new URL(this.realmUrl).pathname}/`,
      httpOnly: true,
      sameSite: 'lax',
      overwrite: true,
    });
    const query = new URLSearchParams({
      session_code: this.sign(uid, browser),
      client_id: ctx.oidc.client!.clientId,
      tab_id: uid,
    });
    return `${this.realmUrl}/login-actions/authenticate?${query}`;
  }

  /** Address of a step of the log-in that a request belongs to. */
  link(step: LoginStep, request: express.Request): string {
    const query = new URLSearchParams();
    for (const name of ['session_code', 'client_id', 'tab_id']) {
      query.set(name, String(request.query[name] ?? ''));
    }
    return `${this.realmUrl}/login-actions/${step}?${query}`;
  }

  /** The log-in that a request belongs to; `undefined` when it is over, unknown or another browser's. */
  async find(
    provider: Provider,
    request: express.Request,
    response: express.Response,
  ): Promise<Interaction | undefined> {
    const uid = String(request.query.tab_id ?? '');
    const code = String(request.query.session_code ?? '');
    const { cookies } = provider.createContext(request, response);
    const browser = cookies.get(BROWSER_COOKIE);
    if (!browser || !same(code, this.sign(uid, browser))) return undefined;
    return provider.Interaction.find(uid);
  }

  /**
   * Ends a log-in.
   *
   * @returns where the browser goes on
   */
  async finish(interaction: Interaction, userId?: string): Promise<string> {
    interaction.result = {
      ...interaction.lastSubmission,
      ...(userId ? { login: { accountId: userId } } : { consent: {} }),
    };
    await interaction.persist();
    return interaction.returnTo;
  }

  private sign(uid: string, browser: string) {
    return createHmac('sha256', this.secret)
      .update(`${uid} ${browser}`)
      .digest('base64url');
  }
}

function same(a: string, b: string) {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
