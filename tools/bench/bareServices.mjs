import { Api } from './api.mjs';

/**
 * The services of a sandbox, for bare calls with the rights that the portal has.
 *
 * @param services - from the sandbox's credentials
 */
export async function bareServices({
  keycloak,
  gitea,
  coder,
  mattermost,
  twenty,
}) {
  const answer = await fetch(
    `${keycloak.issuer}/protocol/openid-connect/token`,
    {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: keycloak.clientId,
        client_secret: keycloak.clientSecret,
      }),
    },
  );
  const { access_token: token } = await answer.json();
  const bearer = secret => ({ Authorization: `Bearer ${secret}` });
  return {
    keycloak: new Api(
      `${keycloak.url}/admin/realms/${keycloak.realm}`,
      bearer(token),
    ),
    gitea: new Api(`${gitea.url}/api/v1`, {
      Authorization: `token ${gitea.token}`,
    }),
    coder: new Api(`${coder.url}/api/v2`, {
      'Coder-Session-Token': coder.token,
    }),
    mattermost: new Api(`${mattermost.url}/api/v4`, bearer(mattermost.token)),
    twenty: new Api(twenty.url, bearer(twenty.token)),
  };
}
