import type { SandboxCredentials } from '../core/credentials';

/** A protocol mapper of a client (ProtocolMapperRepresentation). */
function mapper(
  name: string,
  protocolMapper: string,
  config: Record<string, string>,
) {
  return {
    name,
    protocol: 'openid-connect',
    protocolMapper,
    config: {
      'id.token.claim': 'true',
      'access.token.claim': 'true',
      'userinfo.token.claim': 'true',
      'introspection.token.claim': 'true',
      ...config,
    },
  };
}

const groups = mapper('groups', 'oidc-group-membership-mapper', {
  'claim.name': 'groups',
  'full.path': 'true',
});

const realmRoles = mapper('realm roles', 'oidc-usermodel-realm-role-mapper', {
  'claim.name': 'realm_access.roles',
  'jsonType.label': 'String',
  multivalued: 'true',
});

/** Mattermost's GitLab log-in decodes a JSON number. */
const mattermostId = mapper(
  'number for Mattermost',
  'oidc-usermodel-attribute-mapper',
  {
    'user.attribute': 'mattermostId',
    'claim.name': 'id',
    'jsonType.label': 'long',
  },
);

/**
 * Client scopes that every client has. `organization` is optional in a new
 * realm: its mapper says nothing unless the scope is granted.
 */
const defaultClientScopes = [
  'basic',
  'profile',
  'email',
  'roles',
  'web-origins',
  'acr',
  'organization',
];

/** The portal and the four services as clients of the realm (ClientRepresentation). */
export function clientsOf({ portal, services }: SandboxCredentials) {
  const { keycloak, gitea, coder, mattermost, twenty } = services;
  const client = (
    credentials: { clientId: string; clientSecret: string },
    url: string,
    paths: string[],
    protocolMappers = [groups, realmRoles],
  ) => ({
    clientId: credentials.clientId,
    secret: credentials.clientSecret,
    enabled: true,
    publicClient: false,
    standardFlowEnabled: true,
    directAccessGrantsEnabled: false,
    serviceAccountsEnabled: false,
    baseUrl: url,
    redirectUris: paths.map(path => `${url}${path}`),
    attributes: { 'post.logout.redirect.uris': `${url}/*` },
    defaultClientScopes,
    protocolMappers,
  });
  return [
    {
      ...client(keycloak, portal.url, ['/api/auth/oidc/handler/frame']),
      // Its service account reads the organisation for the catalog.
      serviceAccountsEnabled: true,
    },
    client(gitea.login, gitea.url, ['/user/oauth2/keycloak/callback']),
    client(coder.login, coder.url, ['/api/v2/users/oidc/callback']),
    client(
      mattermost.login,
      mattermost.url,
      ['/signup/openid/complete', '/signup/gitlab/complete'],
      [groups, realmRoles, mattermostId],
    ),
    client(twenty.login, twenty.url, ['/auth/oidc/callback']),
  ];
}
