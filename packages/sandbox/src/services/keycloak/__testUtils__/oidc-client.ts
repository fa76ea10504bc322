import { createHash, randomBytes } from 'node:crypto';
import { Browser, ShownPage } from './browser';

/** A confidential client, as a test plays it. */
export interface ClientCredentials {
  clientId: string;
  clientSecret: string;
  redirectUri: string;
}

/** Answer of the token endpoint. */
export interface TokenAnswer {
  access_token: string;
  id_token: string;
  refresh_token: string;
  expires_in: number;
  error?: string;
}

/** Plays a client of the realm, with PKCE. */
export class OidcClient {
  private readonly verifier = randomBytes(32).toString('base64url');
  private readonly endpoints: string;

  constructor(issuer: string, private readonly client: ClientCredentials) {
    this.endpoints = `${issuer}/protocol/openid-connect`;
  }

  /** Begins a log-in in a browser. */
  begin(browser: Browser, more: Record<string, string> = {}) {
    const query = new URLSearchParams({
      client_id: this.client.clientId,
      redirect_uri: this.client.redirectUri,
      response_type: 'code',
      scope: 'openid profile email',
      state: 'state',
      code_challenge_method: 'S256',
      code_challenge: createHash('sha256')
        .update(this.verifier)
        .digest('base64url'),
      ...more,
    });
    return browser.open(`${this.endpoints}/auth?${query}`);
  }

  /** The tokens for the code that a browser came back with. */
  async redeem({ url }: ShownPage): Promise<TokenAnswer> {
    const code = url.searchParams.get('code');
    if (!code) throw new Error(`there is no code in ${url}`);
    return this.token({
      grant_type: 'authorization_code',
      code,
      redirect_uri: this.client.redirectUri,
      code_verifier: this.verifier,
    });
  }

  /** Fresh tokens for a refresh token. */
  refresh(refreshToken: string): Promise<TokenAnswer> {
    return this.token({
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
    });
  }

  /** Tokens of the service account. */
  serviceAccount(): Promise<TokenAnswer> {
    return this.token({ grant_type: 'client_credentials' });
  }

  async userinfo(accessToken: string): Promise<Record<string, unknown>> {
    const response = await fetch(`${this.endpoints}/userinfo`, {
      headers: { Authorization: `Bearer ${accessToken}` },
    });
    return response.json();
  }

  private async token(fields: Record<string, string>): Promise<TokenAnswer> {
    const { clientId, clientSecret } = this.client;
    const response = await fetch(`${this.endpoints}/token`, {
      method: 'POST',
      headers: {
        Authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}`,
      },
      body: new URLSearchParams(fields),
    });
    return response.json();
  }
}

/** What a JWT says, unverified. */
export function jwtPayload(token: string): Record<string, unknown> {
  const [, payload] = token.split('.');
  return JSON.parse(Buffer.from(payload, 'base64url').toString());
}
