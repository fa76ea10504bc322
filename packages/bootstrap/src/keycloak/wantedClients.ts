import ClientRepresentation from '@keycloak/keycloak-admin-client/lib/defs/clientRepresentation';
import ProtocolMapperRepresentation from '@keycloak/keycloak-admin-client/lib/defs/protocolMapperRepresentation';
import { Settings } from '../settings';
import { MATTERMOST_ID } from './realm';

/** A client as it has to be. */
export interface WantedClient {
  client: ClientRepresentation & { clientId: string; secret: string };
  mappers: Array<ProtocolMapperRepresentation & { name: string }>;
  /** Client scopes whose claims come without being asked for. */
  scopes: string[];
}

/** Client that the portal looks people up with. */
export const SYNC_CLIENT = 'formulary-sync';

/** Client that people sign in to the portal with. */
export const PORTAL_CLIENT = 'formulary';

/** Scope whose presence in a token Keycloak's userinfo asks for. */
export const OPENID_SCOPE = 'openid';

const everywhere = {
  'id.token.claim': 'true',
  'access.token.claim': 'true',
  'userinfo.token.claim': 'true',
};

function mapper(
  name: string,
  protocolMapper: string,
  config: Record<string, string>,
) {
  return {
    name,
    protocol: 'openid-connect',
    protocolMapper,
    config: { ...everywhere, ...config },
  };
}

const groups = mapper('groups', 'oidc-group-membership-mapper', {
  'claim.name': 'groups',
  'full.path': 'true',
});

/**
 * What Mattermost's GitLab provider reads from userinfo: a number as `id`
 * (`GitLabUser` of server/channels/app/oauthproviders/gitlab), and a `username`.
 */
const gitlabUser = [
  mapper('id', 'oidc-usermodel-attribute-mapper', {
    'user.attribute': MATTERMOST_ID,
    'claim.name': 'id',
    'jsonType.label': 'long',
  }),
  mapper('username', 'oidc-usermodel-attribute-mapper', {
    'user.attribute': 'username',
    'claim.name': 'username',
    'jsonType.label': 'String',
  }),
];

function login(
  clientId: string,
  secret: string,
  url: string,
  paths: string[],
): WantedClient {
  return {
    client: {
      clientId,
      secret,
      enabled: true,
      protocol: 'openid-connect',
      publicClient: false,
      standardFlowEnabled: true,
      directAccessGrantsEnabled: false,
      serviceAccountsEnabled: false,
      baseUrl: url,
      redirectUris: paths.map(path => `${url}${path}`),
      // Signing out leads back to the service, never to a stranger's page.
      attributes: { 'post.logout.redirect.uris': `${url}/*` },
    },
    mappers: [],
    scopes: [],
  };
}

/** Every client that the portal and the services need. */
export function wantedClients(settings: Settings<'keycloak'>): WantedClient[] {
  const portal = login(
    PORTAL_CLIENT,
    settings.OIDC_CLIENT_SECRET,
    settings.PORTAL_URL,
    ['/api/auth/oidc/handler/frame'],
  );
  const mattermost = login(
    'mattermost',
    settings.MATTERMOST_LOGIN_SECRET,
    settings.MATTERMOST_URL,
    [
      '/signup/gitlab/complete',
      '/login/gitlab/complete',
      '/signup/openid/complete',
      '/login/openid/complete',
    ],
  );
  return [
    { ...portal, mappers: [groups], scopes: ['organization'] },
    {
      client: {
        clientId: SYNC_CLIENT,
        secret: settings.KEYCLOAK_CLIENT_SECRET,
        enabled: true,
        protocol: 'openid-connect',
        publicClient: false,
        standardFlowEnabled: false,
        directAccessGrantsEnabled: false,
        serviceAccountsEnabled: true,
      },
      mappers: [],
      scopes: [],
    },
    login('gitea', settings.GITEA_LOGIN_SECRET, settings.GITEA_URL, [
      '/user/oauth2/keycloak/callback',
    ]),
    login('coder', settings.CODER_LOGIN_SECRET, settings.CODER_URL, [
      '/api/v2/users/oidc/callback',
    ]),
    { ...mattermost, mappers: gitlabUser, scopes: [OPENID_SCOPE] },
    login('twenty', settings.TWENTY_LOGIN_SECRET, settings.TWENTY_URL, [
      '/auth/oidc/callback',
    ]),
  ];
}
