import { Config } from '@backstage/config';
import { LogtoClient } from '@formulary/plugin-logto-node';

/** Reads `provisioning.logto`; undefined when it is left out. */
export function readLogtoClient(config: Config): LogtoClient | undefined {
  const logto = config.getOptionalConfig('provisioning.logto');
  return (
    logto &&
    new LogtoClient({
      endpoint: logto.getString('endpoint'),
      appId: logto.getString('appId'),
      appSecret: logto.getString('appSecret'),
      resource: logto.getOptionalString('resource'),
    })
  );
}
