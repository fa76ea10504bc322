import {
  isServiceError,
  ServiceHttpClient,
} from '@formulary/service-client-node';
import { z } from 'zod';
import { BootstrapError } from '../BootstrapError';
import { Settings } from '../settings';

const tokenSchema = z.object({ id: z.string(), token_name: z.string() });
const configSchema = z.object({ max_token_lifetime: z.number() });

/** A year, in nanoseconds as in all of Coder's API. */
const YEAR_NS = 365 * 24 * 3600 * 1e9;

/** The calls of a Coder that nobody has used yet (`coderd/users.go`, `coderd/apikey.go`). */
export class CoderFirstRun {
  constructor(private readonly settings: Settings<'coder'>) {}

  /** Whether there is a first user; 404 says that there is none. */
  async hasFirstUser(): Promise<boolean> {
    try {
      await this.http().request({
        method: 'GET',
        path: '/users/first',
        action: 'tell whether it has a user',
      });
      return true;
    } catch (error) {
      if (isServiceError(error, 'not-found')) return false;
      throw error;
    }
  }

  /** Makes the first user, who is an owner. */
  async createFirstUser(): Promise<void> {
    const { settings } = this;
    await this.http().request({
      method: 'POST',
      path: '/users/first',
      json: {
        username: settings.CODER_ADMIN_USERNAME,
        email: settings.CODER_ADMIN_EMAIL,
        password: settings.CODER_ADMIN_PASSWORD,
        trial: false,
      },
      action: 'create the first user',
    });
  }

  /**
   * Logs the administrator in.
   *
   * @throws BootstrapError when the password is wrong
   */
  async logIn(): Promise<string> {
    const { settings } = this;
    try {
      const { data } = await this.http().request({
        method: 'POST',
        path: '/users/login',
        json: {
          email: settings.CODER_ADMIN_EMAIL,
          password: settings.CODER_ADMIN_PASSWORD,
        },
        expect: z.object({ session_token: z.string() }),
        action: 'log the administrator in',
      });
      return data.session_token;
    } catch (error) {
      if (!isServiceError(error, 'unauthorized')) throw error;
      throw new BootstrapError(
        `Coder refuses the password of ${settings.CODER_ADMIN_EMAIL}. Set CODER_ADMIN_EMAIL and CODER_ADMIN_PASSWORD to those of an owner, set a new password with "coder reset-password ${settings.CODER_ADMIN_USERNAME}", or set CODER_TOKEN to a token of an owner`,
      );
    }
  }

  /**
   * Makes a token with a name, in place of one of that name. It lasts a year, or
   * as long as the server allows: `CODER_MAX_ADMIN_TOKEN_LIFETIME` for owners.
   *
   * @returns the token, and whether there was one before
   */
  async replaceToken(
    session: string,
    name: string,
  ): Promise<{ token: string; replaced: boolean }> {
    const http = this.http(session);
    const { data: tokens } = await http.request({
      method: 'GET',
      path: '/users/me/keys/tokens',
      expect: z
        .array(tokenSchema)
        .nullable()
        .transform(list => list ?? []),
      action: 'list the tokens of the administrator',
    });
    const present = tokens.find(({ token_name }) => token_name === name);
    if (present) {
      await http.request({
        method: 'DELETE',
        path: `/users/me/keys/${encodeURIComponent(present.id)}`,
        action: 'delete the token that nobody knows any more',
      });
    }
    const { data: limits } = await http.request({
      method: 'GET',
      path: '/users/me/keys/tokens/tokenconfig',
      expect: configSchema,
      action: 'tell how long a token may last',
    });
    const { data } = await http.request({
      method: 'POST',
      path: '/users/me/keys/tokens',
      json: {
        token_name: name,
        scope: 'all',
        lifetime: Math.min(YEAR_NS, limits.max_token_lifetime),
      },
      expect: z.object({ key: z.string().min(1) }),
      action: 'create the token of the portal',
    });
    return { token: data.key, replaced: Boolean(present) };
  }

  private http(session?: string) {
    return new ServiceHttpClient({
      service: 'Coder',
      baseUrl: `${this.settings.CODER_URL}/api/v2`,
      headers: session ? { 'Coder-Session-Token': session } : {},
      secrets: [
        this.settings.CODER_ADMIN_PASSWORD,
        ...(session ? [session] : []),
      ],
      parseError: (_status, body) => {
        const parsed = z
          .object({ message: z.string(), detail: z.string().optional() })
          .safeParse(body);
        return parsed.success
          ? {
              message: [parsed.data.message, parsed.data.detail]
                .filter(Boolean)
                .join(' · '),
            }
          : {};
      },
    });
  }
}
