import { RootConfigService } from '@backstage/backend-plugin-api';
import {
  checkVersion,
  ServiceError,
  ServiceHttpClient,
  ServiceHttpClientOptions,
  VersionCheck,
} from '@formulary/service-client-node';
import { MattermostCalls } from './MattermostCalls';
import { MattermostChannels } from './MattermostChannels';
import { MattermostTeams } from './MattermostTeams';
import { MattermostUsers } from './MattermostUsers';
import { parseMattermostError } from './parseMattermostError';
import {
  MattermostSettings,
  MattermostSso,
  readMattermostSettings,
} from './settings';
import { mattermostVersions } from './supportedVersions';
import {
  clientConfigSchema,
  MattermostCallOptions,
  MattermostClientConfig,
} from './types';

/**
 * Client of Mattermost's API v4.
 *
 * Calls throw `ServiceError`; `code` holds Mattermost's error id. What "does
 * not exist" is answered as `undefined` only when Mattermost itself says so by
 * id, never for just any 404.
 *
 * @public
 */
export class MattermostClient {
  /** Address of the server, without a trailing slash. */
  readonly baseUrl: string;
  /** How people log in. */
  readonly sso: MattermostSso;
  readonly users: MattermostUsers;
  readonly teams: MattermostTeams;
  readonly channels: MattermostChannels;
  private readonly calls: MattermostCalls;

  constructor(
    settings: MattermostSettings,
    options: Pick<ServiceHttpClientOptions, 'timeoutMs' | 'retries'> = {},
  ) {
    this.baseUrl = settings.baseUrl;
    this.sso = settings.sso;
    this.calls = new MattermostCalls(
      new ServiceHttpClient({
        service: 'Mattermost',
        configKey: 'mattermost',
        baseUrl: `${settings.baseUrl}/api/v4`,
        headers: { Authorization: `Bearer ${settings.token}` },
        secrets: [settings.token],
        parseError: parseMattermostError,
        ...options,
      }),
    );
    this.users = new MattermostUsers(this.calls);
    this.teams = new MattermostTeams(this.calls);
    this.channels = new MattermostChannels(this.calls);
  }

  /**
   * A client from `mattermost` in the configuration.
   *
   * @throws Error that names the key which is missing or wrong
   */
  static fromConfig(config: RootConfigService): MattermostClient {
    return new MattermostClient(readMattermostSettings(config));
  }

  /** What the server tells every client: version, and which log-ins it offers. */
  async clientConfig(
    options?: MattermostCallOptions,
  ): Promise<MattermostClientConfig> {
    return this.calls.send({
      method: 'GET',
      path: '/config/client',
      // Older servers refuse the call without the format.
      query: { format: 'old' },
      expect: clientConfigSchema,
      action: 'tell its version',
      ...options,
    });
  }

  /** Version of the server, such as `11.6.0`. */
  async version(options?: MattermostCallOptions): Promise<string> {
    const { Version: version } = await this.clientConfig(options);
    if (version) return version;
    throw new ServiceError(
      'Mattermost could not tell its version: the answer lacks it. Check that mattermost.baseUrl is the address of a Mattermost server',
      { kind: 'unexpected-response', service: 'Mattermost' },
    );
  }

  /** Whether the server's version is one of {@link mattermostVersions}. */
  async checkVersion(options?: MattermostCallOptions): Promise<VersionCheck> {
    const version = await this.version(options);
    return checkVersion('Mattermost', version, mattermostVersions);
  }

  /** Where a person opens a team. */
  teamUrl(team: string): string {
    return `${this.baseUrl}/${encodeURIComponent(team)}`;
  }

  /** Where a person opens a channel. */
  channelUrl(team: string, channel: string): string {
    return `${this.teamUrl(team)}/channels/${encodeURIComponent(channel)}`;
  }

  /** Where a person opens a message. */
  postUrl(team: string, id: string): string {
    return `${this.teamUrl(team)}/pl/${encodeURIComponent(id)}`;
  }
}
