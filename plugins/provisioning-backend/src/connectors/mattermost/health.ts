import { MattermostClient } from '@formulary/plugin-mattermost-node';
import {
  ConnectorCallOptions,
  ServiceHealth,
} from '@formulary/plugin-provisioning-node';
import { isServiceError } from '@formulary/service-client-node';
import { isSystemAdmin } from './identity';

/** Whether Mattermost can be worked with: version, token, rights, and the configured log-in. Never throws. */
export async function checkHealth(
  client: MattermostClient,
  options?: ConnectorCallOptions,
): Promise<ServiceHealth> {
  let version: string | undefined;
  try {
    const check = await client.checkVersion(options);
    version = check.version;
    if (check.problem) {
      return {
        reachable: true,
        version,
        authorized: false,
        message: check.problem,
      };
    }
    const me = await client.users.me(options);
    if (!isSystemAdmin(me)) {
      return {
        reachable: true,
        version,
        authorized: false,
        message: `mattermost.token belongs to ${me.username}, who is not a system admin and so may not link accounts. Give that user the role system_admin`,
      };
    }
    const config = await client.clientConfig(options);
    const offers = {
      openid: config.EnableSignUpWithOpenId,
      gitlab: config.EnableSignUpWithGitLab,
      email: 'true',
    }[client.sso.mode];
    return offers === 'true'
      ? { reachable: true, version, authorized: true }
      : {
          reachable: true,
          version,
          authorized: false,
          message: `Mattermost does not offer the log-in "${client.sso.mode}" of mattermost.sso.mode: it is switched off, or the licence lacks it. Accounts linked to it could not log in`,
        };
  } catch (error) {
    return {
      reachable: !isServiceError(error, 'unavailable'),
      version,
      authorized: false,
      message: error instanceof Error ? error.message : String(error),
    };
  }
}
