import { CoderClient } from '@formulary/plugin-coder-node';
import {
  ConnectorCallOptions,
  ServiceHealth,
} from '@formulary/plugin-provisioning-node';
import { healthOf } from '../healthOf';

/** Whether Coder can be worked with: version, token, rights and organisation. Never throws. */
export async function checkHealth(
  client: CoderClient,
  options: ConnectorCallOptions = {},
): Promise<ServiceHealth> {
  return healthOf({
    checkVersion: () => client.checkVersion(options),
    async problemOf() {
      const user = await client.users.current(options);
      await client.users.getOrganization(options);
      return user.roles.some(role => role.name === 'owner')
        ? undefined
        : `The account ${user.username} of coder.token lacks the role Owner. Give it the role, or use another account's token`;
    },
  });
}
