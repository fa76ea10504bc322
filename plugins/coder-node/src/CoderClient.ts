import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  checkVersion,
  ServiceHttpClient,
  VersionCheck,
} from '@formulary/service-client-node';
import { CoderTemplates } from './CoderTemplates';
import { CoderUsers } from './CoderUsers';
import { CoderWorkspaces } from './CoderWorkspaces';
import { parseCoderError } from './parseCoderError';
import { appHostSchema, buildInfoSchema } from './schemas';
import { coderVersions } from './supportedVersions';
import { CoderCallOptions, CoderWorkspace } from './types';

/**
 * How a Coder deployment is reached.
 *
 * @public
 */
export interface CoderClientOptions {
  baseUrl: string;
  /** Token of an account with the role Owner. */
  token: string;
  /** Name or id of the organisation. Default `default`. */
  organization?: string;
  /** Address for people's browsers. Default: `baseUrl`. */
  accessUrl?: string;
  /** Milliseconds for one attempt of a call. Default 15,000. */
  timeoutMs?: number;
  /** Attempts after the first. Default 3. */
  retries?: number;
  /** Stands in for `fetch` in tests. */
  fetch?: typeof fetch;
}

/**
 * Client for the Coder API.
 *
 * @public
 */
export class CoderClient {
  readonly users: CoderUsers;
  readonly templates: CoderTemplates;
  readonly workspaces: CoderWorkspaces;
  /** Address for people's browsers, without a trailing slash. */
  readonly accessUrl: string;
  private readonly http: ServiceHttpClient;

  constructor(options: CoderClientOptions) {
    const { baseUrl, token, organization = 'default' } = options;
    this.http = new ServiceHttpClient({
      service: 'Coder',
      configKey: 'coder',
      baseUrl,
      headers: { 'Coder-Session-Token': token },
      secrets: [token],
      parseError: parseCoderError,
      timeoutMs: options.timeoutMs,
      retries: options.retries,
      fetch: options.fetch,
    });
    this.accessUrl = (options.accessUrl ?? baseUrl).replace(/\/+$/, '');
    this.users = new CoderUsers(this.http, organization);
    this.templates = new CoderTemplates(this.http, organization);
    this.workspaces = new CoderWorkspaces(this.http);
  }

  /**
   * Reads the configuration key `coder`.
   *
   * @throws InputError naming the key that is missing or wrong
   */
  static fromConfig(config: Config): CoderClient {
    const coder = config.getConfig('coder');
    const baseUrl = coder.getString('baseUrl');
    if (!URL.canParse(baseUrl)) {
      throw new InputError(
        `coder.baseUrl must be an address such as https://coder.example.com, not "${baseUrl}"`,
      );
    }
    return new CoderClient({
      baseUrl,
      token: coder.getString('token'),
      organization: coder.getOptionalString('organization'),
      accessUrl: coder.getOptionalString('accessUrl'),
    });
  }

  /** The version of the server; needs no token. */
  async getBuildInfo(
    options: CoderCallOptions = {},
  ): Promise<{ version: string }> {
    const { data } = await this.http.request({
      ...options,
      method: 'GET',
      path: '/api/v2/buildinfo',
      action: 'tell its version',
      expect: buildInfoSchema,
    });
    return data;
  }

  /** Whether the server's version is one of {@link coderVersions}. */
  async checkVersion(options: CoderCallOptions = {}): Promise<VersionCheck> {
    const { version } = await this.getBuildInfo(options);
    return checkVersion('Coder', version, coderVersions);
  }

  /** Where a person opens a workspace. */
  workspaceUrl(workspace: Pick<CoderWorkspace, 'owner_name' | 'name'>): string {
    return `${this.accessUrl}/@${workspace.owner_name}/${workspace.name}`;
  }

  /**
   * Where a person opens the apps of a running workspace, by the app's slug;
   * empty for one that does not run.
   */
  async appUrls(
    workspace: CoderWorkspace,
    options: CoderCallOptions = {},
  ): Promise<Record<string, string>> {
    const found = workspace.latest_build.resources
      .flatMap(resource => resource.agents)
      .flatMap(agent => agent.apps.map(app => ({ agent, app })))
      .filter(({ app }) => !app.hidden);
    const wildcard = found.some(({ app }) => app.subdomain_name)
      ? await this.getAppHost(options)
      : '';
    return Object.fromEntries(
      found.map(({ agent, app }) => {
        if (app.external) return [app.slug, app.url];
        if (app.subdomain_name && wildcard) {
          const { protocol } = new URL(this.accessUrl);
          const host = wildcard.replace('*', app.subdomain_name);
          return [app.slug, `${protocol}//${host}`];
        }
        const agentUrl = `${this.workspaceUrl(workspace)}.${agent.name}`;
        return [app.slug, `${agentUrl}/apps/${app.slug}`];
      }),
    );
  }

  /** The host of apps on subdomains, such as `*.apps.example.com`; empty when there is none. */
  private async getAppHost(options: CoderCallOptions): Promise<string> {
    const { data } = await this.http.request({
      ...options,
      method: 'GET',
      path: '/api/v2/applications/host',
      action: 'tell the host of its apps',
      expect: appHostSchema,
    });
    return data.host;
  }
}

/**
 * The client of the configured Coder, for plugins and modules.
 *
 * @public
 */
export const coderClientServiceRef = createServiceRef<CoderClient>({
  id: 'coder.client',
  scope: 'root',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: { config: coreServices.rootConfig },
      factory: ({ config }) => CoderClient.fromConfig(config),
    }),
});
