import type { ClientMetadata } from 'oidc-provider';
import { SandboxCredentials } from '../../../core/credentials';

/** Client of the realm's own account page, public as in Keycloak. */
export const ACCOUNT_CLIENT = 'account-console';

/**
 * The clients of the realm.
 *
 * @param issuer - address of the realm
 */
export function realmClients(
  { portal, services }: SandboxCredentials,
  issuer: string,
): ClientMetadata[] {
  const { keycloak, gitea, coder, mattermost, twenty } = services;
  const login = (
    service: typeof gitea | typeof coder,
    paths: string[],
  ): ClientMetadata => ({
    client_id: service.login.clientId,
    client_secret: service.login.clientSecret,
    client_uri: service.url,
    redirect_uris: paths.map(path => `${service.url}${path}`),
    grant_types: ['authorization_code', 'refresh_token'],
  });
  return [
    {
      client_id: keycloak.clientId,
      client_secret: keycloak.clientSecret,
      client_uri: portal.url,
      redirect_uris: [`${portal.url}/api/auth/oidc/handler/frame`],
      // Its service account reads the organisation for the catalog.
      grant_types: [
        'authorization_code',
        'refresh_token',
        'client_credentials',
      ],
    },
    login(gitea, ['/user/oauth2/keycloak/callback']),
    login(coder, ['/api/v2/users/oidc/callback']),
    login(mattermost, ['/signup/openid/complete', '/signup/gitlab/complete']),
    login(twenty, ['/auth/oidc/callback']),
    {
      client_id: ACCOUNT_CLIENT,
      client_uri: `${issuer}/account`,
      redirect_uris: [`${issuer}/account`],
      token_endpoint_auth_method: 'none',
    },
  ];
}
