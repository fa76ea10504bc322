import { MattermostClient } from '@formulary/plugin-mattermost-node';
import {
  ConnectorCallOptions,
  ServiceHealth,
} from '@formulary/plugin-provisioning-node';
import { healthOf } from '../healthOf';
import { isSystemAdmin } from './identity';

/** Whether Mattermost can be worked with: version, token, rights, and the configured log-in. Never throws. */
export async function checkHealth(
  client: MattermostClient,
  options?: ConnectorCallOptions,
): Promise<ServiceHealth> {
  return healthOf({
    checkVersion: () => client.checkVersion(options),
    async problemOf() {
      const me = await client.users.me(options);
      if (!isSystemAdmin(me)) {
        return `mattermost.token belongs to ${me.username}, who is not a system admin and so may not link accounts. Give that user the role system_admin`;
      }
      const config = await client.clientConfig(options);
      const offers = {
        openid: config.EnableSignUpWithOpenId,
        gitlab: config.EnableSignUpWithGitLab,
        email: 'true',
      }[client.sso.mode];
      return offers === 'true'
        ? undefined
        : `Mattermost does not offer the log-in "${client.sso.mode}" of mattermost.sso.mode: it is switched off, or the licence lacks it. Accounts linked to it could not log in`;
    },
  });
}
