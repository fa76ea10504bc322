import { GiteaClient } from '@formulary/plugin-gitea-node';
import {
  ConnectorCallOptions,
  ServiceHealth,
} from '@formulary/plugin-provisioning-node';
import { isServiceError } from '@formulary/service-client-node';

/** Whether Gitea can be worked with: version, token and rights. Never throws. */
export async function checkHealth(
  client: GiteaClient,
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
    return me.is_admin
      ? { reachable: true, version, authorized: true }
      : {
          reachable: true,
          version,
          authorized: false,
          message: `gitea.token belongs to ${me.login}, who is not a site administrator and so may not create accounts. Use the token of one`,
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
