import { generateKeyPairSync, randomBytes } from 'node:crypto';
import Provider, { type KoaContextWithOIDC } from 'oidc-provider';
import { LogtoPeople } from './LogtoPeople';
import { StandInSettings } from './settings';

/** Logto's OpenID Connect endpoints: below `/oidc`, tokens signed with ES384. */
export async function createProvider(
  settings: StandInSettings,
  people: LogtoPeople,
): Promise<Provider> {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
  return new Provider(`http://localhost:${settings.port}/oidc`, {
    clients: [
      {
        client_id: settings.clientId,
        client_secret: settings.clientSecret,
        redirect_uris: [`${settings.portal}/api/auth/oidc/handler/frame`],
        post_logout_redirect_uris: [`${settings.portal}/`],
        grant_types: ['authorization_code', 'refresh_token'],
        id_token_signed_response_alg: 'ES384',
      },
    ],
    enabledJWA: { idTokenSigningAlgValues: ['ES384'] },
    jwks: {
      keys: [{ ...privateKey.export({ format: 'jwk' }), alg: 'ES384' }],
    },
    cookies: { keys: [randomBytes(24).toString('base64url')] },
    claims: {
      openid: ['sub'],
      profile: ['name', 'username', 'preferred_username'],
      email: ['email', 'email_verified'],
      'urn:logto:scope:organizations': ['organizations', 'organization_data'],
    },
    pkce: { required: () => false },
    // As with "Always issue refresh token".
    issueRefreshToken: async () => true,
    findAccount: (_ctx, id) => {
      const claims = people.claims(id);
      return claims && { accountId: id, claims: () => claims };
    },
    loadExistingGrant: grantAll,
    interactions: { url: (_ctx, { uid }) => `/sign-in/${uid}` },
    features: {
      devInteractions: { enabled: false },
      // Logto does not ask, either (`static/html/logout.html`).
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => {
          ctx.body = `<!DOCTYPE html><title>Logto</title>${form}<button id="yes" form="op.logoutForm" name="logout" value="yes">Sign out</button><script>document.getElementById('yes').click()</script>`;
        },
      },
    },
  });
}

/** Apps of one's own need no consent at Logto. */
async function grantAll(ctx: KoaContextWithOIDC) {
  const { provider, client, account, requestParamScopes } = ctx.oidc;
  const grant = new provider.Grant({
    clientId: client!.clientId,
    accountId: account!.accountId,
  });
  grant.addOIDCScope([...requestParamScopes].join(' '));
  await grant.save();
  return grant;
}
