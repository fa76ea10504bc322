import { Api } from './api.mjs';

/**
 * The services of a sandbox, for bare calls with the rights that the portal has.
 *
 * @param services - from the sandbox's credentials
 */
export function bareServices({ keycloak, gitea, coder, mattermost, twenty }) {
  const token = tokenOf(keycloak);
  const bearer = secret => ({ Authorization: `Bearer ${secret}` });
  return {
    keycloak: new Api(
      `${keycloak.url}/admin/realms/${keycloak.realm}`,
      async () => bearer(await token()),
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

/** A service account's token, made anew a minute before it ends: a benchmark takes longer. */
function tokenOf({ issuer, clientId, clientSecret }) {
  let token;
  let until = 0;
  const make = async () => {
    const answer = await fetch(`${issuer}/protocol/openid-connect/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: clientId,
        client_secret: clientSecret,
      }),
    });
    const { access_token: made, expires_in: seconds } = await answer.json();
    until = Date.now() + (seconds - 60) * 1000;
    return made;
  };
  return () => {
    if (Date.now() >= until) {
      // Calls that come meanwhile wait for the same one.
      until = Infinity;
      token = make();
    }
    return token;
  };
}
