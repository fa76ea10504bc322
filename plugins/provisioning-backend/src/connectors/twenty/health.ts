import {
  ConnectorCallOptions,
  ServiceHealth,
} from '@formulary/plugin-provisioning-node';
import { TwentyClient } from '@formulary/plugin-twenty-node';
import { healthOf } from '../healthOf';

/** Whether Twenty can be worked with: API key, rights, version and fields. Never throws. */
export async function checkHealth(
  client: TwentyClient,
  options?: ConnectorCallOptions,
): Promise<ServiceHealth> {
  return healthOf({
    async checkVersion() {
      // Its version alone does not show that it takes the API key.
      await client.check(options);
      return client.checkVersion(options);
    },
    problemOf: async () => undefined,
  });
}
