import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkLogto, checkLogtoWebhook } from './logto.mjs';
import { startTestService } from './testService.mjs';
import { servicesOfEnvironment, tokenChecks } from './tokens.mjs';

const RESOURCE = 'https://default.logto.app/api';
const PORTAL = 'https://portal.example';

/** A Logto that answers as told, and how it is configured. */
async function logto(answers, webhook = { portal: PORTAL, secret: 'key' }) {
  return {
    url: await startTestService(answers),
    appId: 'app',
    appSecret: 's3cret',
    resource: RESOURCE,
    webhook,
  };
}

const scope = (name, indicator) => ({ name, resource: { indicator } });
const good = {
  'POST /oidc/token': [200, { access_token: 'token', scope: 'all' }],
  'GET /api/users': [200, []],
  'GET /api/applications/app/roles': [200, [{ id: 'role' }]],
  'GET /api/roles/role/scopes': [200, [scope('all', RESOURCE)]],
};
const hook = {
  name: 'portal',
  enabled: true,
  signingKey: 'key',
  config: { url: `${PORTAL}/api/provisioning/webhooks/logto` },
  events: [
    ...['PostRegister', 'User.Created', 'User.Data.Updated', 'User.Deleted'],
    ...['User.SuspensionStatus.Updated', 'Organization.Membership.Updated'],
    ...['Organization.Created', 'Organization.Data.Updated'],
    ...['Organization.Deleted', 'OrganizationRole.Data.Updated'],
    'OrganizationRole.Deleted',
  ],
};
const withHooks = (...hooks) =>
  logto({ ...good, 'GET /api/hooks': [200, hooks] });

test('Logto: the Management API is enough', async () => {
  assert.match(await checkLogto(await logto(good)), /^accepted, with/);
});

test('Logto: permissions of other APIs are named as too much', async () => {
  const target = await logto({
    ...good,
    'GET /api/roles/role/scopes': [
      200,
      [scope('all', RESOURCE), scope('write', 'https://orders.example')],
    ],
  });
  assert.match(
    await checkLogto(target),
    /more than is needed: write of https:\/\/orders\.example$/,
  );
});

test('Logto: one that does not tell the roles of its apps is no problem', async () => {
  const { 'GET /api/applications/app/roles': _, ...untold } = good;
  assert.match(await checkLogto(await logto(untold)), /^accepted, with/);
});

test('Logto: an app without the Management API is told what it lacks', async () => {
  const target = await logto({
    ...good,
    'GET /api/users': [403, { code: 'auth.forbidden' }],
  });
  await assert.rejects(checkLogto(target), {
    message:
      'The token for Logto is accepted, but lacks: a role with the permission "all" of the Logto Management API.',
  });
});

for (const [what, status, body, says] of [
  ['a wrong secret', 401, { error: 'invalid_client' }, /refuses the id and/],
  ['a wrong indicator', 400, { error: 'invalid_target' }, /LOGTO_RESOURCE/],
  ['another address', 404, {}, /is the address right/],
]) {
  test(`Logto: ${what} is told, without the secret`, async () => {
    const target = await logto({ 'POST /oidc/token': [status, body] });
    await assert.rejects(checkLogto(target), ({ message }) => {
      assert.match(message, says);
      return !message.includes('s3cret');
    });
  });
}

test('Logto: one that is not there does not answer', async () => {
  const settings = { ...(await logto({})), url: 'http://localhost:1' };
  await assert.rejects(checkLogto(settings), /does not answer/);
});

test('webhook of Logto: its key, its events and that it is on', async () => {
  const elsewhere = { ...hook, config: { url: 'https://other.example/' } };
  assert.match(
    await checkLogtoWebhook(await withHooks(elsewhere, hook)),
    /right key and all events/,
  );
});

for (const [what, hooks, says] of [
  ['is not there', [], /no webhook to https:\/\/portal\.example\/api/],
  ['is off', [{ ...hook, enabled: false }], /switched off/],
  [
    'has another key',
    [{ ...hook, signingKey: 'old-key' }],
    /not the signing key/,
  ],
  [
    'lacks an event',
    [{ ...hook, events: hook.events.filter(name => !/Susp/.test(name)) }],
    /does not send: User\.SuspensionStatus\.Updated\.$/,
  ],
]) {
  test(`webhook of Logto: is a problem when it ${what}`, async () => {
    const target = await withHooks(...hooks);
    await assert.rejects(checkLogtoWebhook(target), ({ message }) => {
      assert.match(message, says);
      return !message.includes('old-key');
    });
  });
}

test('webhook of Logto: an app that may not see it is told why', async () => {
  const target = await logto({ ...good, 'GET /api/hooks': [403, {}] });
  await assert.rejects(checkLogtoWebhook(target), /nobody without its API/);
});

test('webhook of Logto: a missing key is a problem', async () => {
  const target = await logto(good, { portal: PORTAL, secret: undefined });
  await assert.rejects(checkLogtoWebhook(target), /LOGTO_WEBHOOK_SECRET/);
});

test('Logto is checked when the environment names it', () => {
  const named = {
    LOGTO_URL: 'https://id.example/',
    LOGTO_APP_ID: 'app',
    LOGTO_APP_SECRET: 's3cret',
    PORTAL_URL: `${PORTAL}/`,
  };
  const services = servicesOfEnvironment(named);
  assert.deepEqual(services, {
    Logto: {
      ...{ url: 'https://id.example', appId: 'app', appSecret: 's3cret' },
      resource: RESOURCE,
      webhook: { portal: PORTAL, secret: undefined },
    },
  });
  assert.deepEqual(
    tokenChecks(services).map(({ title }) => title),
    ['token for Logto', 'webhook of Logto'],
  );
});
