import Provider, {
  type Configuration,
  type KoaContextWithOIDC,
} from 'oidc-provider';
import { SandboxCredentials } from '../../../core/credentials';
import { CLAIM_NAMES, userClaims } from '../model/claims';
import { Realm } from '../model/realm';
import { errorPage } from '../pages/error';
import { loggedOutPage, logoutPage } from '../pages/logout';
import { Artifacts } from './artifacts';
import { realmClients } from './clients';
import { RealmKeys } from './keys';
import { LoginFlow } from './login-flow';

/** Audience of tokens for the Admin API. */
export const ADMIN_AUDIENCE = 'realm-management';

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** Longest session of a browser, as in a new Keycloak realm (SSO Session Max). */
const SESSION = 10 * HOUR;

// A new Keycloak realm has 5 minutes, but then Backstage's frontend, which
// renews what lasts less than 5 minutes more, would do so before every request.
const ACCESS_TOKEN = 15 * MINUTE;

/** What the provider is made of. */
export interface ProviderParts {
  credentials: SandboxCredentials;
  realm: Realm;
  keys: RealmKeys;
  artifacts: Artifacts;
  flow: LoginFlow;
}

/** The realm's OpenID Connect endpoints, under Keycloak's paths and cookie names. */
export function createProvider(parts: ProviderParts): Provider {
  const { credentials, keys } = parts;
  const { issuer } = credentials.services.keycloak;
  const cookiePath = `${new URL(issuer).pathname}/`;
  const endpoints = '/protocol/openid-connect';

  const provider = new Provider(issuer, {
    adapter: parts.artifacts.adapterFor,
    clients: realmClients(credentials, issuer),
    jwks: { keys: [keys.signing] },
    cookies: {
      keys: [keys.cookieSecret],
      names: {
        session: 'KEYCLOAK_SESSION',
        interaction: 'KC_AUTH_SESSION',
        resume: 'KC_RESTART',
      },
      long: { path: cookiePath, httpOnly: true, sameSite: 'lax' },
    },
    routes: {
      authorization: `${endpoints}/auth`,
      token: `${endpoints}/token`,
      userinfo: `${endpoints}/userinfo`,
      end_session: `${endpoints}/logout`,
      jwks: `${endpoints}/certs`,
      revocation: `${endpoints}/revoke`,
      introspection: `${endpoints}/token/introspect`,
    },
    ttl: {
      AccessToken: ACCESS_TOKEN,
      ClientCredentials: ACCESS_TOKEN,
      IdToken: ACCESS_TOKEN,
      AuthorizationCode: MINUTE,
      Interaction: 30 * MINUTE,
      Session: SESSION,
      Grant: SESSION,
      RefreshToken: SESSION,
    },
    // Keycloak's default client scopes apply whatever a client asks for.
    scopes: [
      'openid',
      'offline_access',
      'profile',
      'email',
      'roles',
      'groups',
      'organization',
    ],
    claims: { openid: CLAIM_NAMES },
    conformIdTokenClaims: false,
    responseTypes: ['code'],
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'none'],
    pkce: { required: () => false },
    // Every client gets a refresh token, which ends with the session.
    issueRefreshToken: async (_ctx, client) =>
      client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: false,
    findAccount: (ctx, id) => findAccount(parts.realm, ctx, id),
    loadExistingGrant,
    interactions: { url: (ctx, { uid }) => parts.flow.begin(ctx, uid) },
    clientBasedCORS: () => false,
    renderError: (ctx, { error, error_description: description }) => {
      ctx.type = 'html';
      ctx.body = errorPage(description ?? error);
    },
    features: {
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      clientCredentials: { enabled: true },
      introspection: { enabled: true, allowedPolicy: () => true },
      revocation: { enabled: true },
      resourceIndicators: adminTokens(issuer),
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => {
          const hinted = Boolean(ctx.oidc.params?.id_token_hint);
          ctx.body = logoutPage(form, hinted);
        },
        postLogoutSuccessSource: ctx => {
          ctx.body = loggedOutPage(ctx.oidc.client?.clientUri);
        },
      },
    },
    extraTokenClaims: (_ctx, token) =>
      token.kind === 'ClientCredentials'
        ? serviceAccountClaims(String(token.clientId))
        : undefined,
  });

  // Keycloak accepts wildcards here; the sandbox's rule is: any page of the client.
  provider.Client.prototype.postLogoutRedirectUriAllowed = function allowed(
    uri: string,
  ) {
    const target = URL.parse(uri);
    return (this.redirectUris ?? []).some(
      known => URL.parse(known)?.origin === target?.origin,
    );
  };
  return provider;
}

function findAccount(realm: Realm, ctx: KoaContextWithOIDC, id: string) {
  const user = realm.users.get(id);
  if (!user?.enabled) return undefined;
  return {
    accountId: id,
    claims: () => userClaims(realm, user, ctx.oidc.client?.clientId),
  };
}

/** Clients of the realm need no consent: whatever they ask for is granted. */
async function loadExistingGrant(ctx: KoaContextWithOIDC) {
  const { provider, session, client, account, requestParamScopes } = ctx.oidc;
  const { clientId } = client!;
  const known = session?.grantIdFor(clientId);
  const grant =
    (known && (await provider.Grant.find(known))) ||
    new provider.Grant({ clientId, accountId: account!.accountId });
  grant.addOIDCScope([...requestParamScopes].join(' '));
  await grant.save();
  return grant;
}

/**
 * Access tokens of service accounts are JWTs, as Keycloak's are: whoever uses
 * the Admin API reads their expiry. Those of people are opaque.
 */
function adminTokens(
  issuer: string,
): NonNullable<Configuration['features']>['resourceIndicators'] {
  return {
    enabled: true,
    defaultResource: ctx =>
      ctx.oidc.params?.grant_type === 'client_credentials' ? issuer : undefined,
    getResourceServerInfo: () => ({
      scope: 'email profile',
      audience: ADMIN_AUDIENCE,
      accessTokenFormat: 'jwt',
      jwt: { sign: { alg: 'RS256' } },
    }),
  };
}

function serviceAccountClaims(clientId: string) {
  return {
    typ: 'Bearer',
    azp: clientId,
    preferred_username: `service-account-${clientId}`,
    resource_access: {
      [ADMIN_AUDIENCE]: {
        roles: ['manage-users', 'query-groups', 'query-users', 'view-users'],
      },
    },
  };
}
