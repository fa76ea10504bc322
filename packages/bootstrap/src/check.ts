import { CoderClient } from '@formulary/plugin-coder-node';
import { GiteaClient } from '@formulary/plugin-gitea-node';
import {
  MattermostClient,
  MattermostSsoMode,
} from '@formulary/plugin-mattermost-node';
import { TwentyClient } from '@formulary/plugin-twenty-node';
import { ServiceHttpClient } from '@formulary/service-client-node';
import { z } from 'zod';
import { PORTAL_VARIABLES } from './portalEnvironment';
import { Service } from './settings';

/** What a check of one service found. */
export interface Finding {
  service: Service | 'portal';
  ok: boolean;
  /** What holds, or what is wrong and what to do. */
  message: string;
}

type Variables = Record<string, string>;

const checks: Record<Service, (variables: Variables) => Promise<string>> = {
  async keycloak(variables) {
    const http = new ServiceHttpClient({
      service: 'Keycloak',
      baseUrl: variables.KEYCLOAK_URL,
      headers: {},
      secrets: [variables.KEYCLOAK_CLIENT_SECRET],
      parseError: (_status, body) => {
        const parsed = z
          .object({ error_description: z.string() })
          .safeParse(body);
        return parsed.success ? { message: parsed.data.error_description } : {};
      },
    });
    const { data: discovery } = await http.request({
      method: 'GET',
      path: `/realms/${variables.KEYCLOAK_REALM}/.well-known/openid-configuration`,
      expect: z.object({ issuer: z.string(), token_endpoint: z.url() }),
      action: 'tell its endpoints',
    });
    if (discovery.issuer !== variables.OIDC_ISSUER) {
      throw new Error(
        `Keycloak says that its issuer is ${discovery.issuer}, not ${variables.OIDC_ISSUER}. Check KC_HOSTNAME and KEYCLOAK_URL`,
      );
    }
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: variables.KEYCLOAK_CLIENT_ID,
      client_secret: variables.KEYCLOAK_CLIENT_SECRET,
    });
    const { data: token } = await http.request({
      method: 'POST',
      path: `/realms/${variables.KEYCLOAK_REALM}/protocol/openid-connect/token`,
      body: {
        content: new TextEncoder().encode(body.toString()),
        type: 'application/x-www-form-urlencoded',
      },
      repeatable: true,
      expect: z.object({ access_token: z.string() }),
      action: `let ${variables.KEYCLOAK_CLIENT_ID} in`,
    });
    const { data: count } = await http.request({
      method: 'GET',
      path: `/admin/realms/${variables.KEYCLOAK_REALM}/users/count`,
      headers: { Authorization: `Bearer ${token.access_token}` },
      expect: z.number(),
      action: 'count the people of the realm',
    });
    return `${count} people, issuer ${discovery.issuer}`;
  },

  async gitea(variables) {
    const client = new GiteaClient({
      baseUrl: variables.GITEA_URL,
      token: variables.GITEA_TOKEN,
      username: variables.GITEA_USERNAME,
      oauthSourceId: Number(variables.GITEA_OAUTH_SOURCE_ID),
    });
    const me = await client.users.me();
    if (!me.is_admin) {
      throw new Error(
        `GITEA_TOKEN belongs to ${me.login}, who is no site administrator`,
      );
    }
    return `version ${await client.version()}, token of ${me.login}`;
  },

  async coder(variables) {
    const client = new CoderClient({
      baseUrl: variables.CODER_URL,
      token: variables.CODER_TOKEN,
    });
    const me = await client.users.current();
    const { name } = await client.users.getOrganization();
    return `token of ${me.username}, organisation ${name}`;
  },

  async mattermost(variables) {
    const mode = variables.MATTERMOST_SSO_MODE as MattermostSsoMode;
    const client = new MattermostClient({
      baseUrl: variables.MATTERMOST_URL,
      token: variables.MATTERMOST_TOKEN,
      sso: { mode, idAttribute: 'mattermostId' },
    });
    const config = await client.clientConfig();
    const me = await client.users.me();
    if (!me.roles.split(' ').includes('system_admin')) {
      throw new Error(
        `MATTERMOST_TOKEN belongs to ${me.username}, who is no system admin`,
      );
    }
    const offered = {
      gitlab: config.EnableSignUpWithGitLab,
      openid: config.EnableSignUpWithOpenId,
      email: 'true',
    }[mode];
    if (offered !== 'true') {
      throw new Error(
        `Mattermost ${config.Version} does not offer the log-in "${mode}": its version or its licence lacks it`,
      );
    }
    return `version ${config.Version}, log-in "${mode}", token of ${me.username}`;
  },

  async twenty(variables) {
    const client = new TwentyClient({
      baseUrl: variables.TWENTY_URL,
      frontUrl: variables.TWENTY_URL,
      token: variables.TWENTY_TOKEN,
    });
    await client.check();
    return `version ${(await client.version()) ?? 'not told'}, API key good`;
  },
};

/**
 * Checks with the portal's own clients and tokens that what the bootstrap left
 * is good: every service is reached, every token accepted, with enough rights.
 */
export async function check(
  variables: Variables,
  services: readonly Service[],
): Promise<Finding[]> {
  const missing = PORTAL_VARIABLES.filter(name => !variables[name]);
  const findings: Finding[] = [
    missing.length === 0
      ? { service: 'portal', ok: true, message: 'every variable is set' }
      : {
          service: 'portal',
          ok: false,
          message: `not set: ${missing.join(', ')}. Run the bootstrap again`,
        },
  ];
  for (const service of services) {
    // What is not set was told already.
    if (missing.some(name => name.startsWith(service.toUpperCase()))) {
      findings.push({
        service,
        ok: false,
        message: 'not prepared, see what is not set above',
      });
      continue;
    }
    try {
      findings.push({
        service,
        ok: true,
        message: await checks[service](variables),
      });
    } catch (error) {
      findings.push({
        service,
        ok: false,
        message: error instanceof Error ? error.message : String(error),
      });
    }
  }
  return findings;
}
