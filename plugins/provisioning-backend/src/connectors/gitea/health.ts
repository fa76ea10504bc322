import { GiteaClient } from '@formulary/plugin-gitea-node';
import {
  ConnectorCallOptions,
  ServiceHealth,
} from '@formulary/plugin-provisioning-node';
import { healthOf } from '../healthOf';

/** Whether Gitea can be worked with: version, token and rights. Never throws. */
export async function checkHealth(
  client: GiteaClient,
  options?: ConnectorCallOptions,
): Promise<ServiceHealth> {
  return healthOf({
    checkVersion: () => client.checkVersion(options),
    async problemOf() {
      const me = await client.users.me(options);
      return me.is_admin
        ? undefined
        : `gitea.token belongs to ${me.login}, who is not a site administrator and so may not create accounts. Use the token of one`;
    },
  });
}
