import { RootConfigService } from '@backstage/backend-plugin-api';

/** @public */
export type MattermostSsoMode = 'openid' | 'gitlab' | 'email';

/**
 * How people log in to Mattermost, from `mattermost.sso`.
 *
 * @public
 */
export interface MattermostSso {
  mode: MattermostSsoMode;
  /** With `gitlab`: the person's attribute that holds the number which the identity provider sends as `id`. */
  idAttribute: string;
}

/**
 * What `mattermost` in the configuration says.
 *
 * @public
 */
export interface MattermostSettings {
  baseUrl: string;
  token: string;
  sso: MattermostSso;
}

const modes: readonly MattermostSsoMode[] = ['openid', 'gitlab', 'email'];

/** @throws Error that names the key which is missing or wrong */
export function readMattermostSettings(
  root: RootConfigService,
): MattermostSettings {
  const config = root.getConfig('mattermost');
  const baseUrl = config.getString('baseUrl');
  if (!/^https?:\/\//.test(baseUrl) || !URL.canParse(baseUrl)) {
    throw new Error(
      `mattermost.baseUrl must be an address such as https://chat.example.com, not "${baseUrl}"`,
    );
  }
  const wanted = config.getString('sso.mode');
  const mode = modes.find(known => known === wanted);
  if (!mode) {
    throw new Error(
      `mattermost.sso.mode must be one of ${modes.join(', ')}, not "${wanted}"`,
    );
  }
  return {
    baseUrl: baseUrl.replace(/\/+$/, ''),
    token: config.getString('token'),
    sso: {
      mode,
      idAttribute:
        config.getOptionalString('sso.idAttribute') ?? 'mattermostId',
    },
  };
}
