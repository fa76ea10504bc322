import { Settings } from '../settings';
import { MattermostConfig } from './MattermostFirstRun';

/**
 * How Mattermost has to be configured.
 *
 * With `gitlab`, Keycloak plays GitLab: its endpoints, and no scope at all,
 * because with `openid` in it the server looks for the licensed provider.
 */
export function wantedConfig(
  settings: Settings<'mattermost'>,
): MattermostConfig {
  const issuer = `${settings.KEYCLOAK_URL}/realms/${settings.KEYCLOAK_REALM}`;
  const endpoint = `${issuer}/protocol/openid-connect`;
  const client = {
    Enable: true,
    Id: 'mattermost',
    Secret: settings.MATTERMOST_LOGIN_SECRET,
  };
  const general: MattermostConfig = {
    ServiceSettings: {
      SiteURL: settings.MATTERMOST_URL,
      EnableBotAccountCreation: true,
      EnableUserAccessTokens: true,
    },
    // Accounts come from the portal, not from strangers.
    TeamSettings: { EnableUserCreation: true, EnableOpenServer: false },
  };
  switch (settings.MATTERMOST_SSO_MODE) {
    case 'gitlab':
      return {
        ...general,
        GitLabSettings: {
          ...client,
          Scope: '',
          AuthEndpoint: `${endpoint}/auth`,
          TokenEndpoint: `${endpoint}/token`,
          UserAPIEndpoint: `${endpoint}/userinfo`,
          DiscoveryEndpoint: '',
          ButtonText: 'Log in with Keycloak',
        },
      };
    case 'openid':
      return {
        ...general,
        OpenIdSettings: {
          ...client,
          Scope: 'profile openid email',
          DiscoveryEndpoint: `${issuer}/.well-known/openid-configuration`,
          ButtonText: 'Log in with Keycloak',
        },
      };
    default:
      return general;
  }
}

/** A configuration without what Mattermost never shows. */
export function visible(config: MattermostConfig): MattermostConfig {
  return Object.fromEntries(
    Object.entries(config).map(([section, { Secret: _hidden, ...keys }]) => [
      section,
      keys,
    ]),
  );
}
