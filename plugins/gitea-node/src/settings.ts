import { RootConfigService } from '@backstage/backend-plugin-api';

/**
 * What `gitea` in the configuration says.
 *
 * @public
 */
export interface GiteaSettings {
  baseUrl: string;
  token: string;
  /** Name of the token's user, for git. */
  username: string;
  /** Number of the OAuth2 login source. */
  oauthSourceId: number;
}

/** @throws Error that names the key which is missing or wrong */
export function readGiteaSettings(root: RootConfigService): GiteaSettings {
  const config = root.getConfig('gitea');
  const baseUrl = config.getString('baseUrl');
  if (!/^https?:\/\//.test(baseUrl) || !URL.canParse(baseUrl)) {
    throw new Error(
      `gitea.baseUrl must be an address such as https://git.example.com, not "${baseUrl}"`,
    );
  }
  const oauthSourceId = config.getNumber('oauthSourceId');
  if (!Number.isInteger(oauthSourceId) || oauthSourceId < 1) {
    throw new Error(
      `gitea.oauthSourceId must be the number of a login source ("gitea admin auth list" shows it), not ${oauthSourceId}`,
    );
  }
  return {
    baseUrl: baseUrl.replace(/\/+$/, ''),
    token: config.getString('token'),
    username: config.getString('username'),
    oauthSourceId,
  };
}
