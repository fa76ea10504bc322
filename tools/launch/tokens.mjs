import { ask, expectBody, verdict } from './asking.mjs';
import { checkLogto, checkLogtoWebhook } from './logto.mjs';
import { Problem } from './problem.mjs';

/** What Gitea calls the rights that the portal's token needs (routers/api/v1/api.go, `tokenRequiresScopes`). */
const GITEA_SCOPES = [
  // Each is tried with a request that is refused for its empty body afterwards.
  ['write:admin', '/admin/users'],
  ['write:organization', '/orgs'],
  ['write:repository', '/user/repos'],
];

/** Scopes that nobody here uses, and what they open. */
const GITEA_NEEDLESS = [
  ['read:notification', '/notifications?limit=1'],
  ['read:issue', '/repos/issues/search?limit=1'],
];

const KEYCLOAK_ROLES = ['view-users', 'query-users', 'query-groups'];

/** Gitea: a site administrator's token with four scopes. */
export async function checkGitea({ url, token }) {
  const call = (path, init) =>
    ask('Gitea', `${url}/api/v1${path}`, {
      ...init,
      headers: {
        Authorization: `token ${token}`,
        'Content-Type': 'application/json',
      },
    });
  const me = await call('/user');
  const lacking = [];
  if (me.status === 403) lacking.push('scope write:user');
  else if (!expectBody('Gitea', me, 'its own user').is_admin) {
    lacking.push('a site administrator as its owner');
  }
  for (const [scope, path] of GITEA_SCOPES) {
    const { status, body } = await call(path, { method: 'POST', body: '{}' });
    if (status === 403 && /scope/.test(body?.message)) {
      lacking.push(`scope ${scope}`);
    }
  }
  const needless = [];
  for (const [scope, path] of GITEA_NEEDLESS) {
    if ((await call(path)).status === 200) needless.push(`scope ${scope}`);
  }
  return verdict('Gitea', lacking, needless);
}

/** Coder: a token of an Owner, who alone makes workspaces for others. */
export async function checkCoder({ url, token }) {
  const me = expectBody(
    'Coder',
    await ask('Coder', `${url}/api/v2/users/me`, {
      headers: { 'Coder-Session-Token': token },
    }),
    'its own user',
  );
  const roles = (me.roles ?? []).map(({ name }) => name);
  return verdict('Coder', roles.includes('owner') ? [] : ['role Owner'], []);
}

/** Mattermost: a System Admin, best a bot. */
export async function checkMattermost({ url, token }) {
  const me = expectBody(
    'Mattermost',
    await ask('Mattermost', `${url}/api/v4/users/me`, {
      headers: { Authorization: `Bearer ${token}` },
    }),
    'its own user',
  );
  const isAdmin = (me.roles ?? '').split(' ').includes('system_admin');
  return verdict(
    'Mattermost',
    isAdmin ? [] : ['role system_admin'],
    me.is_bot ? [] : ['it is a person’s, who can log in with it: use a bot’s'],
  );
}

/** Twenty: an API key whose role reads and writes people, companies and opportunities. */
export async function checkTwenty({ url, token }) {
  const lacking = [];
  for (const records of ['people', 'companies', 'opportunities']) {
    const { data, errors } = expectBody(
      'Twenty',
      await ask('Twenty', `${url}/graphql`, {
        method: 'POST',
        headers: {
          Authorization: `Bearer ${token}`,
          'Content-Type': 'application/json',
        },
        body: JSON.stringify({
          query: `query { ${records}(first: 1) { edges { node { id } } } }`,
        }),
      }),
      records,
    );
    const unauthenticated = (errors ?? []).some(
      ({ extensions }) => extensions?.code === 'UNAUTHENTICATED',
    );
    if (unauthenticated) throw new Problem('Twenty refuses the API key.');
    if (!data?.[records]) lacking.push(`reading ${records}`);
  }
  return verdict('Twenty', lacking, []);
}

/** Keycloak: a service account that reads people and groups. */
export async function checkKeycloak({ url, realm, clientId, clientSecret }) {
  const { access_token: token } = expectBody(
    'Keycloak',
    await ask(
      'Keycloak',
      `${url}/realms/${encodeURIComponent(
        realm,
      )}/protocol/openid-connect/token`,
      {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: clientId,
          client_secret: clientSecret,
        }),
      },
    ),
    'a token of the service account',
  );
  const claims = JSON.parse(
    Buffer.from(String(token).split('.')[1], 'base64url').toString(),
  );
  const roles = claims.resource_access?.['realm-management']?.roles ?? [];
  return verdict(
    'Keycloak',
    KEYCLOAK_ROLES.filter(role => !roles.includes(role)).map(
      role => `role ${role} of realm-management`,
    ),
    roles
      .filter(role => /^(manage-|realm-admin|impersonation)/.test(role))
      .map(role => `role ${role}`),
  );
}

const CHECKS = {
  Gitea: { 'token for Gitea': checkGitea },
  Coder: { 'token for Coder': checkCoder },
  Mattermost: { 'token for Mattermost': checkMattermost },
  Twenty: { 'token for Twenty': checkTwenty },
  Keycloak: { 'token for Keycloak': checkKeycloak },
  Logto: {
    'token for Logto': checkLogto,
    'webhook of Logto': checkLogtoWebhook,
  },
};

/** Of the Management API of a Logto that one hosts oneself (app-config.logto.yaml). */
const LOGTO_RESOURCE = 'https://default.logto.app/api';

/** What the production overlays take from the environment (app-config.production.yaml, app-config.logto.yaml). */
export function servicesOfEnvironment(environment) {
  const named = (service, more = {}) => ({
    url: environment[`${service}_URL`]?.replace(/\/$/, ''),
    token: environment[`${service}_TOKEN`],
    ...more,
  });
  const { KEYCLOAK_URL, KEYCLOAK_REALM } = environment;
  const all = {
    Gitea: named('GITEA'),
    Coder: named('CODER'),
    Mattermost: named('MATTERMOST'),
    Twenty: named('TWENTY'),
    Keycloak: {
      url: KEYCLOAK_URL?.replace(/\/$/, ''),
      realm: KEYCLOAK_REALM,
      clientId: environment.KEYCLOAK_CLIENT_ID,
      clientSecret: environment.KEYCLOAK_CLIENT_SECRET,
    },
    Logto: {
      url: environment.LOGTO_URL?.replace(/\/$/, ''),
      appId: environment.LOGTO_APP_ID,
      appSecret: environment.LOGTO_APP_SECRET,
      resource: environment.LOGTO_RESOURCE || LOGTO_RESOURCE,
      webhook: {
        portal: environment.PORTAL_URL?.replace(/\/$/, ''),
        secret: environment.LOGTO_WEBHOOK_SECRET,
      },
    },
  };
  return complete(all);
}

/** What the sandbox made for itself (`credentials.json`). */
export function servicesOfSandbox({ services }) {
  const { gitea, coder, mattermost, twenty, keycloak } = services;
  return complete({
    Gitea: { url: gitea?.url, token: gitea?.token },
    Coder: { url: coder?.url, token: coder?.token },
    Mattermost: { url: mattermost?.url, token: mattermost?.token },
    Twenty: { url: twenty?.url, token: twenty?.token },
    Keycloak: {
      url: keycloak?.url,
      realm: keycloak?.realm,
      clientId: keycloak?.clientId,
      clientSecret: keycloak?.clientSecret,
    },
  });
}

/** Those of which everything is known. */
function complete(services) {
  return Object.fromEntries(
    Object.entries(services).filter(([, settings]) =>
      Object.values(settings).every(Boolean),
    ),
  );
}

/** The checks of each service's token, as `{ title, check }`. */
export function tokenChecks(services) {
  return Object.entries(services).flatMap(([service, settings]) =>
    Object.entries(CHECKS[service]).map(([title, check]) => ({
      title,
      check: () => check(settings),
    })),
  );
}
