import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestService } from './testService.mjs';
import {
  checkCoder,
  checkGitea,
  checkKeycloak,
  checkMattermost,
  checkTwenty,
  servicesOfEnvironment,
} from './tokens.mjs';

/** A service that answers as told, and how it is configured. */
const service = async answers => ({
  url: await startTestService(answers),
  token: 'secret',
});

const scope = name => [
  403,
  {
    message: `token does not have at least one of required scope(s): [${name}]`,
  },
];
const gitea = {
  'GET /api/v1/user': [200, { is_admin: true }],
  'POST /api/v1/admin/users': [422, { message: '[Username]: Required' }],
  'POST /api/v1/orgs': [422, {}],
  'POST /api/v1/user/repos': [422, {}],
};

test('Gitea: the needed scopes are enough', async () => {
  assert.match(await checkGitea(await service(gitea)), /^accepted, with/);
});

test('Gitea: what a token lacks is named', async () => {
  const target = await service({
    ...gitea,
    'GET /api/v1/user': [200, { is_admin: false }],
    'POST /api/v1/admin/users': scope('write:admin'),
    'POST /api/v1/orgs': scope('write:organization'),
  });
  await assert.rejects(checkGitea(target), {
    message:
      'The token for Gitea is accepted, but lacks: a site administrator as its owner, scope write:admin, scope write:organization.',
  });
});

test('Gitea: what a token has too much is named', async () => {
  const target = await service({
    ...gitea,
    'GET /api/v1/notifications': [200, []],
    'GET /api/v1/repos/issues/search': scope('read:issue'),
  });
  assert.match(
    await checkGitea(target),
    /more than is needed: scope read:notification$/,
  );
});

test('Coder: only an Owner makes workspaces for others', async () => {
  const path = 'GET /api/v2/users/me';
  const roles = (...names) => [200, { roles: names.map(name => ({ name })) }];
  assert.match(
    await checkCoder(await service({ [path]: roles('owner') })),
    /^accepted/,
  );
  await assert.rejects(
    checkCoder(await service({ [path]: roles('user-admin') })),
    /lacks: role Owner/,
  );
});

test('Mattermost: a System Admin, best a bot', async () => {
  const path = 'GET /api/v4/users/me';
  const me = (roles, is_bot) => service({ [path]: [200, { roles, is_bot }] });
  assert.match(
    await checkMattermost(await me('system_user system_admin', true)),
    /^accepted, with/,
  );
  assert.match(
    await checkMattermost(await me('system_user system_admin', false)),
    /use a bot/,
  );
  await assert.rejects(
    checkMattermost(await me('system_user', true)),
    /lacks: role system_admin/,
  );
});

test('Twenty: errors come with status 200', async () => {
  const answer = body => service({ 'POST /graphql': [200, body] });
  const data = { people: {}, companies: {}, opportunities: {} };
  assert.match(await checkTwenty(await answer({ data })), /^accepted/);
  await assert.rejects(
    checkTwenty(await answer({ data: { people: {} }, errors: [{}] })),
    /lacks: reading companies, reading opportunities/,
  );
  await assert.rejects(
    checkTwenty(
      await answer({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] }),
    ),
    /refuses the API key/,
  );
});

test('Keycloak: roles of the service account', async () => {
  const check = async (...roles) => {
    const claims = { resource_access: { 'realm-management': { roles } } };
    const payload = Buffer.from(JSON.stringify(claims)).toString('base64url');
    const { url } = await service({
      'POST /realms/r/protocol/openid-connect/token': [
        200,
        { access_token: `x.${payload}.x` },
      ],
    });
    return checkKeycloak({
      url,
      realm: 'r',
      clientId: 'c',
      clientSecret: 's',
    });
  };
  const needed = ['view-users', 'query-users', 'query-groups'];
  assert.match(await check(...needed), /^accepted, with/);
  assert.match(await check(...needed, 'realm-admin'), /role realm-admin$/);
  await assert.rejects(
    check('view-users'),
    /lacks: role query-users of realm-management, role query-groups/,
  );
});

test('a refused token, a page and a silent service are told apart, without the token', async () => {
  const refused = await service({ 'GET /api/v2/users/me': [401, {}] });
  await assert.rejects(checkCoder(refused), ({ message }) => {
    assert.match(message, /refuses the token/);
    return !message.includes('secret');
  });
  await assert.rejects(checkCoder(await service({})), /is the address right/);
  await assert.rejects(
    checkCoder({ url: 'http://localhost:1', token: 'secret' }),
    /does not answer/,
  );
});

test('services are known when all of their variables are set', () => {
  assert.deepEqual(
    servicesOfEnvironment({
      GITEA_URL: 'https://git.example/',
      GITEA_TOKEN: 't',
      CODER_URL: 'https://coder.example',
    }),
    { Gitea: { url: 'https://git.example', token: 't' } },
  );
});
