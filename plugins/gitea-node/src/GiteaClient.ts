import { RootConfigService } from '@backstage/backend-plugin-api';
import {
  checkVersion,
  ServiceHttpClient,
  ServiceHttpClientOptions,
  VersionCheck,
} from '@formulary/service-client-node';
import { GiteaCalls } from './GiteaCalls';
import { GiteaOrganizations } from './GiteaOrganizations';
import { GiteaRepositories } from './GiteaRepositories';
import { GiteaRepositoryRights } from './GiteaRepositoryRights';
import { GiteaUsers } from './GiteaUsers';
import { parseGiteaError } from './parseGiteaError';
import { GiteaSettings, readGiteaSettings } from './settings';
import { giteaVersions } from './supportedVersions';
import { GiteaCallOptions, versionSchema } from './types';

/**
 * Client of Gitea's API v1, with a site administrator's token.
 *
 * Calls throw `ServiceError`.
 *
 * @public
 */
export class GiteaClient {
  /** Address of the server, without a trailing slash. */
  readonly baseUrl: string;
  readonly users: GiteaUsers;
  readonly repositories: GiteaRepositories;
  readonly repositoryRights: GiteaRepositoryRights;
  readonly organizations: GiteaOrganizations;
  private readonly calls: GiteaCalls;

  constructor(
    private readonly settings: GiteaSettings,
    options: Pick<ServiceHttpClientOptions, 'timeoutMs' | 'retries'> = {},
  ) {
    this.baseUrl = settings.baseUrl;
    this.calls = new GiteaCalls(
      new ServiceHttpClient({
        service: 'Gitea',
        configKey: 'gitea',
        baseUrl: `${settings.baseUrl}/api/v1`,
        headers: { Authorization: `token ${settings.token}` },
        secrets: [settings.token],
        parseError: parseGiteaError,
        ...options,
      }),
    );
    this.users = new GiteaUsers(this.calls, settings.oauthSourceId);
    this.repositories = new GiteaRepositories(this.calls);
    this.repositoryRights = new GiteaRepositoryRights(this.calls);
    this.organizations = new GiteaOrganizations(this.calls);
  }

  /**
   * A client from `gitea` in the configuration.
   *
   * @throws Error that names the key which is missing or wrong
   */
  static fromConfig(config: RootConfigService): GiteaClient {
    return new GiteaClient(readGiteaSettings(config));
  }

  /** Number of the login source that people log in with. */
  get oauthSourceId(): number {
    return this.settings.oauthSourceId;
  }

  /** Version of the server, such as `1.25.2`. */
  async version(options?: GiteaCallOptions): Promise<string> {
    const { version } = await this.calls.send({
      method: 'GET',
      path: '/version',
      expect: versionSchema,
      action: 'tell its version',
      ...options,
    });
    return version;
  }

  /** Whether the server's version is one of {@link giteaVersions}. */
  async checkVersion(options?: GiteaCallOptions): Promise<VersionCheck> {
    const version = await this.version(options);
    // Forgejo tells the Gitea that it is compatible with behind its own number: `11.0.1+gitea-1.22.0`.
    const [, compatible = version] = version.match(/\+gitea-([\d.]+)/) ?? [];
    const { problem } = checkVersion('Gitea', compatible, giteaVersions);
    return { version, problem };
  }

  /**
   * What git needs to push as the token's user. Hand it to git alone: it holds
   * the token.
   */
  gitCredentials(): { username: string; password: string } {
    const { username, token } = this.settings;
    return { username, password: token };
  }
}
