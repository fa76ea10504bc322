import { randomBytes } from 'node:crypto';
import express from 'express';
import * as oidc from 'openid-client';

/** What Keycloak said of the person who logged in. */
export interface OidcIdentity {
  issuer: string;
  subject: string;
  email?: string;
  emailVerified: boolean;
  username?: string;
  name?: string;
  /** Every claim of the userinfo answer. */
  claims: Record<string, unknown>;
}

/** How a stand-in is registered at the identity provider. */
export interface OidcLoginOptions {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Where the identity provider sends the browser back to. */
  redirectUri: string;
  scope: string;
}

/** Log-ins that are under way at most; the oldest is forgotten first. */
const PENDING_LIMIT = 1000;

/** "Log in with Keycloak" of a stand-in: an authorization code flow with PKCE. */
export class OidcLogin {
  private configuration?: oidc.Configuration;
  private readonly pending = new Map<
    string,
    { verifier: string; nonce: string; returnTo: string }
  >();

  constructor(private readonly options: OidcLoginOptions) {}

  /**
   * Sends the browser to the identity provider.
   *
   * @param returnTo - path of this stand-in to end on; anything that is not a local path becomes `/`
   */
  async begin(response: express.Response, returnTo = '/'): Promise<void> {
    const state = randomBytes(16).toString('hex');
    const verifier = oidc.randomPKCECodeVerifier();
    const nonce = oidc.randomNonce();
    if (this.pending.size >= PENDING_LIMIT) {
      this.pending.delete(this.pending.keys().next().value!);
    }
    this.pending.set(state, { verifier, nonce, returnTo: localPath(returnTo) });
    const url = oidc.buildAuthorizationUrl(await this.discover(), {
      redirect_uri: this.options.redirectUri,
      scope: this.options.scope,
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
    });
    response.redirect(url.href);
  }

  /**
   * Ends the flow on the callback path.
   *
   * @throws Error when the state is unknown or the identity provider refuses the code
   */
  async finish(
    request: express.Request,
  ): Promise<OidcIdentity & { returnTo: string }> {
    const state = String(request.query.state ?? '');
    const started = this.pending.get(state);
    if (!started) {
      throw new Error(
        'This log-in was not started here, or was used already. Log in again',
      );
    }
    this.pending.delete(state);
    const configuration = await this.discover();
    const tokens = await oidc.authorizationCodeGrant(
      configuration,
      new URL(request.originalUrl, this.options.redirectUri),
      {
        pkceCodeVerifier: started.verifier,
        expectedState: state,
        expectedNonce: started.nonce,
      },
    );
    const subject = tokens.claims()!.sub;
    const claims = await oidc.fetchUserInfo(
      configuration,
      tokens.access_token,
      subject,
    );
    return {
      issuer: this.options.issuer,
      subject,
      email: claims.email,
      emailVerified: claims.email_verified === true,
      username: claims.preferred_username,
      name: claims.name,
      claims: { ...claims },
      returnTo: started.returnTo,
    };
  }

  private async discover() {
    this.configuration ??= await oidc.discovery(
      new URL(this.options.issuer),
      this.options.clientId,
      this.options.clientSecret,
      undefined,
      { execute: [oidc.allowInsecureRequests] },
    );
    return this.configuration;
  }
}

function localPath(path: string): string {
  return /^\/(?![/\\])/.test(path) ? path : '/';
}
