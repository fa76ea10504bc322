import {
  isServiceError,
  ServiceHttpClient,
} from '@formulary/service-client-node';
import { z } from 'zod';
import { BootstrapError } from '../BootstrapError';
import { Settings } from '../settings';

const errorSchema = z.object({ id: z.string(), message: z.string() });

/** What Mattermost answers instead of a secret of its configuration. */
const configSchema = z.record(z.string(), z.record(z.string(), z.unknown()));

/** A part of Mattermost's configuration, by section and key. */
export type MattermostConfig = Record<string, Record<string, unknown>>;

/** The calls of an administrator that the portal itself never makes (server/channels/api4). */
export class MattermostFirstRun {
  constructor(private readonly settings: Settings<'mattermost'>) {}

  /** Logs the administrator in; `undefined` when name or password are wrong. */
  async logIn(): Promise<string | undefined> {
    try {
      const { headers } = await this.http().request({
        method: 'POST',
        path: '/users/login',
        json: {
          login_id: this.settings.MATTERMOST_ADMIN_USERNAME,
          password: this.settings.MATTERMOST_ADMIN_PASSWORD,
        },
        action: 'log the administrator in',
      });
      return headers.get('token') ?? undefined;
    } catch (error) {
      if (isServiceError(error, 'unauthorized')) return undefined;
      throw error;
    }
  }

  /**
   * Makes the first account, which is the administrator's (`CreateUser` of
   * server/channels/app/user.go).
   *
   * @throws BootstrapError when there is an account already: then sign-up is closed
   */
  async createFirstUser(): Promise<void> {
    const { settings } = this;
    try {
      await this.http().request({
        method: 'POST',
        path: '/users',
        json: {
          username: settings.MATTERMOST_ADMIN_USERNAME,
          email: settings.MATTERMOST_ADMIN_EMAIL,
          password: settings.MATTERMOST_ADMIN_PASSWORD,
        },
        action: 'create the first user',
      });
    } catch (error) {
      if (!isServiceError(error, 'conflict', 'forbidden', 'validation')) {
        throw error;
      }
      throw new BootstrapError(
        `Mattermost refuses the password of ${settings.MATTERMOST_ADMIN_USERNAME}, and has users already (${error.message}). Set MATTERMOST_ADMIN_USERNAME and MATTERMOST_ADMIN_PASSWORD to those of a system admin, set a new password with "mmctl user change-password", or set MATTERMOST_TOKEN to a token of a system admin`,
      );
    }
  }

  async config(token: string): Promise<MattermostConfig> {
    const { data } = await this.http(token).request({
      method: 'GET',
      path: '/config',
      // Sections and keys come and go with versions; a part may be null.
      expect: z.record(z.string(), z.unknown()).transform(config =>
        Object.fromEntries(
          Object.entries(config).flatMap(([section, keys]) => {
            const parsed = configSchema.valueType.safeParse(keys);
            return parsed.success ? [[section, parsed.data]] : [];
          }),
        ),
      ),
      action: 'tell its configuration',
    });
    return data;
  }

  async patchConfig(token: string, patch: MattermostConfig): Promise<void> {
    await this.http(token).request({
      method: 'PUT',
      path: '/config/patch',
      json: patch,
      action: 'change its configuration',
    });
  }

  /** Id of the user of a name, if there is one. */
  async findUser(
    token: string,
    username: string,
  ): Promise<{ id: string; roles: string } | undefined> {
    try {
      const { data } = await this.http(token).request({
        method: 'GET',
        path: `/users/username/${encodeURIComponent(username)}`,
        expect: z.object({ id: z.string(), roles: z.string() }),
        action: `look up the user ${username}`,
      });
      return data;
    } catch (error) {
      if (isServiceError(error, 'not-found')) return undefined;
      throw error;
    }
  }

  async createBot(token: string, username: string): Promise<string> {
    const { data } = await this.http(token).request({
      method: 'POST',
      path: '/bots',
      json: {
        username,
        display_name: 'Formulary',
        description: 'Prepares accounts, teams and channels',
      },
      expect: z.object({ user_id: z.string() }),
      action: `create the bot ${username}`,
    });
    return data.user_id;
  }

  async makeSystemAdmin(token: string, userId: string): Promise<void> {
    await this.http(token).request({
      method: 'PUT',
      path: `/users/${userId}/roles`,
      json: { roles: 'system_user system_admin' },
      action: 'make the bot a system admin',
    });
  }

  async createToken(token: string, userId: string): Promise<string> {
    const { data } = await this.http(token).request({
      method: 'POST',
      path: `/users/${userId}/tokens`,
      json: { description: 'Formulary' },
      expect: z.object({ token: z.string().min(1) }),
      action: 'create the token of the portal',
    });
    return data.token;
  }

  private http(token?: string) {
    return new ServiceHttpClient({
      service: 'Mattermost',
      baseUrl: `${this.settings.MATTERMOST_URL}/api/v4`,
      headers: token ? { Authorization: `Bearer ${token}` } : {},
      secrets: [
        this.settings.MATTERMOST_ADMIN_PASSWORD,
        this.settings.MATTERMOST_LOGIN_SECRET,
        ...(token ? [token] : []),
      ],
      parseError: (_status, body) => {
        const parsed = errorSchema.safeParse(body);
        return parsed.success
          ? { code: parsed.data.id, message: parsed.data.message }
          : {};
      },
    });
  }
}
