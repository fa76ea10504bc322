import { CoderClient } from '@formulary/plugin-coder-node';
import {
  ConnectorCallOptions,
  ServiceHealth,
} from '@formulary/plugin-provisioning-node';
import { isServiceError } from '@formulary/service-client-node';

/** Whether Coder can be worked with: version, token, rights and organisation. Never throws. */
export async function checkHealth(
  client: CoderClient,
  options: ConnectorCallOptions = {},
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
    const user = await client.users.current(options);
    await client.users.getOrganization(options);
    const authorized = user.roles.some(role => role.name === 'owner');
    return {
      reachable: true,
      version,
      authorized,
      message: authorized
        ? undefined
        : `The account ${user.username} of coder.token lacks the role Owner. Give it the role, or use another account's token`,
    };
  } catch (error) {
    return {
      reachable: version !== undefined || !isServiceError(error, 'unavailable'),
      version,
      authorized: false,
      message: error instanceof Error ? error.message : String(error),
    };
  }
}
