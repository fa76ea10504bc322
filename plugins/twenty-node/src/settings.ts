import { RootConfigService } from '@backstage/backend-plugin-api';

/**
 * What `twenty` in the configuration says.
 *
 * @public
 */
export interface TwentySettings {
  baseUrl: string;
  token: string;
  /** Address at which people open the CRM. */
  frontUrl: string;
  /** The workspace's own stage for a word that formulas use. */
  stages?: Record<string, string>;
}

/** @throws Error that names the key which is missing or wrong */
export function readTwentySettings(root: RootConfigService): TwentySettings {
  const config = root.getConfig('twenty');
  const address = (key: string, value: string) => {
    if (!/^https?:\/\//.test(value) || !URL.canParse(value)) {
      throw new Error(
        `twenty.${key} must be an address such as https://crm.example.com, not "${value}"`,
      );
    }
    return value.replace(/\/+$/, '');
  };
  const baseUrl = address('baseUrl', config.getString('baseUrl'));
  const stages = config.getOptionalConfig('stages');
  return {
    baseUrl,
    token: config.getString('token'),
    frontUrl: address(
      'frontUrl',
      config.getOptionalString('frontUrl') ?? baseUrl,
    ),
    stages:
      stages &&
      Object.fromEntries(
        stages.keys().map(word => [word, stages.getString(word)]),
      ),
  };
}
