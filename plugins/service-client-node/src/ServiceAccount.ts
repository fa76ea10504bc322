import { z } from 'zod';
import { isServiceError } from './ServiceError';
import { ServiceHttpClient } from './ServiceHttpClient';

const tokenSchema = z.object({
  access_token: z.string(),
  expires_in: z.number(),
});

/** Renew a token this long before it expires, in milliseconds. */
const TOKEN_MARGIN_MS = 30_000;

/**
 * The token that a client of an identity provider gets for itself (OAuth's client credentials).
 *
 * @public
 */
export class ServiceAccount {
  private token?: { value: string; expiresAt: number };

  constructor(
    private readonly http: ServiceHttpClient,
    private readonly options: {
      /** Path of the token endpoint below the address of the identity provider. */
      tokenPath: string;
      clientId: string;
      clientSecret: string;
      /** Sent with the request for a token, such as `resource` and `scope`. */
      parameters?: Record<string, string>;
    },
  ) {}

  /** Makes a call with the header that authorises it; a second time when the token is refused. */
  async authorized<T>(
    call: (headers: Record<string, string>) => Promise<T>,
  ): Promise<T> {
    const attempt = async () =>
      call({ Authorization: `Bearer ${await this.getToken()}` });
    try {
      return await attempt();
    } catch (error) {
      // A restarted or reconfigured server forgets its tokens before they expire.
      if (!isServiceError(error, 'unauthorized')) throw error;
      this.token = undefined;
      return attempt();
    }
  }

  private async getToken(): Promise<string> {
    if (this.token && Date.now() < this.token.expiresAt) {
      return this.token.value;
    }
    const { clientId, clientSecret, tokenPath, parameters } = this.options;
    const { data } = await this.http.request({
      method: 'POST',
      path: tokenPath,
      body: {
        content: new TextEncoder().encode(
          new URLSearchParams({
            grant_type: 'client_credentials',
            client_id: clientId,
            client_secret: clientSecret,
            ...parameters,
          }).toString(),
        ),
        type: 'application/x-www-form-urlencoded',
      },
      expect: tokenSchema,
      action: 'give a token to the service account',
      repeatable: true,
    });
    this.token = {
      value: data.access_token,
      expiresAt: Date.now() + data.expires_in * 1000 - TOKEN_MARGIN_MS,
    };
    return this.token.value;
  }
}
