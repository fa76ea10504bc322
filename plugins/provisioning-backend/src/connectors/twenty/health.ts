import {
  ConnectorCallOptions,
  ServiceHealth,
} from '@formulary/plugin-provisioning-node';
import { isServiceError } from '@formulary/service-client-node';
import { TwentyClient } from '@formulary/plugin-twenty-node';

/** Whether Twenty can be worked with: API key, rights, version and fields. Never throws. */
export async function checkHealth(
  client: TwentyClient,
  options?: ConnectorCallOptions,
): Promise<ServiceHealth> {
  let version: string | undefined;
  try {
    await client.check(options);
    const check = await client.checkVersion(options);
    version = check.version;
    return {
      reachable: true,
      version,
      authorized: !check.problem,
      message: check.problem,
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
