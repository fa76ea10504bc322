import { ask, expectBody, verdict } from './asking.mjs';
import { Problem } from './problem.mjs';

/** Where the portal takes Logto's events. */
const WEBHOOK_PATH = '/api/provisioning/webhooks/logto';

/** Events that the accounts and the catalog follow (docs/admin.md). */
const EVENTS = [
  'PostRegister',
  'User.Created',
  'User.Data.Updated',
  'User.SuspensionStatus.Updated',
  'User.Deleted',
  'Organization.Membership.Updated',
  'Organization.Created',
  'Organization.Data.Updated',
  'Organization.Deleted',
  'OrganizationRole.Data.Updated',
  'OrganizationRole.Deleted',
];

/**
 * A token of the machine-to-machine app for the Management API. Logto gives one
 * to every app, and says in it what the app may do (logto-io/logto,
 * `oidc/grants/client-credentials.ts`).
 */
async function signIn({ url, appId, appSecret, resource }) {
  const answer = await ask(
    'Logto',
    `${url}/oidc/token`,
    {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: appId,
        client_secret: appSecret,
        resource,
        scope: 'all',
      }),
    },
    'the id and secret of the machine-to-machine app',
  );
  if (answer.body?.error === 'invalid_target') {
    throw new Problem(
      `Logto has no API with the indicator ${resource}: set LOGTO_RESOURCE to that of its Management API.`,
    );
  }
  return expectBody('Logto', answer, 'a token of the machine-to-machine app');
}

/** Asks the Management API. */
function api({ url }, { access_token: token }, path) {
  return ask('Logto', `${url}/api${path}`, {
    headers: { Authorization: `Bearer ${token}` },
  });
}

/** Permissions of the app for anything else, such as `write of https://api.example`. */
async function needlessOf(settings, token) {
  const { appId, resource } = settings;
  const app = encodeURIComponent(appId);
  const roles = await api(
    settings,
    token,
    `/applications/${app}/roles?page=1&page_size=100`,
  );
  // An older Logto does not tell.
  if (roles.status !== 200) return [];
  const needless = new Set();
  for (const { id } of roles.body) {
    const path = `/roles/${encodeURIComponent(id)}/scopes`;
    const { body } = await api(settings, token, path);
    for (const scope of Array.isArray(body) ? body : []) {
      const { indicator } = scope.resource;
      if (indicator !== resource) needless.add(`${scope.name} of ${indicator}`);
    }
  }
  return [...needless];
}

/** Logto: a machine-to-machine app that may use the Management API, and nothing else. */
export async function checkLogto(settings) {
  const token = await signIn(settings);
  const users = await api(settings, token, '/users?page=1&page_size=1');
  if (users.status === 403) {
    return verdict(
      'Logto',
      ['a role with the permission "all" of the Logto Management API'],
      [],
    );
  }
  expectBody('Logto', users, 'its users');
  return verdict('Logto', [], await needlessOf(settings, token));
}

/** Logto's webhook: there, on, with the portal's key and all events. Logto shows it to the app. */
export async function checkLogtoWebhook(settings) {
  const { portal, secret } = settings.webhook;
  if (!secret) {
    throw new Problem(
      'LOGTO_WEBHOOK_SECRET is not set: it is the signing key of the webhook in Logto. Without it changes wait for the schedule.',
    );
  }
  const token = await signIn(settings);
  const answer = await api(settings, token, '/hooks');
  if (answer.status === 403) {
    throw new Problem('Logto shows its webhooks to nobody without its API.');
  }
  const hooks = expectBody('Logto', answer, 'its webhooks');
  const address = `${portal ?? ''}${WEBHOOK_PATH}`;
  const hook = hooks.find(({ config }) =>
    portal ? config.url === address : config.url.endsWith(address),
  );
  if (!hook) {
    throw new Problem(`Logto has no webhook to ${address}.`);
  }
  if (!hook.enabled) {
    throw new Problem(`The webhook "${hook.name}" in Logto is switched off.`);
  }
  if (hook.signingKey !== secret) {
    throw new Problem(
      `LOGTO_WEBHOOK_SECRET is not the signing key of the webhook "${hook.name}" in Logto: the portal refuses what it sends.`,
    );
  }
  const missing = EVENTS.filter(event => !hook.events.includes(event));
  if (missing.length > 0) {
    throw new Problem(
      `The webhook "${hook.name}" in Logto does not send: ${missing.join(
        ', ',
      )}.`,
    );
  }
  return 'switched on, with the right key and all events';
}
