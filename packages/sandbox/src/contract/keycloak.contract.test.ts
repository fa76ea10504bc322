import { createHmac, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { SandboxCredentials } from '../core/credentials';
import { AdminClient } from '../services/keycloak/__testUtils__/admin-client';
import { Browser } from '../services/keycloak/__testUtils__/browser';
import {
  jwtPayload,
  OidcClient,
} from '../services/keycloak/__testUtils__/oidc-client';
import {
  personCalled,
  portalClient,
} from '../services/keycloak/__testUtils__/portal';
import { WebhookReceiver } from '../services/keycloak/__testUtils__/webhook-receiver';
import { ContractTarget, startTarget } from './target';

jest.setTimeout(60_000);

const unique = () => randomBytes(4).toString('hex');

/**
 * What Formulary relies on in Keycloak 26. Java classes in the comments are those
 * of keycloak/keycloak, `services/src/main/java/org/keycloak/…`.
 *
 * Against a real server `FORMULARY_CONTRACT_KEYCLOAK_TOKEN` is the secret of a
 * client with a service account that has realm-management's `manage-users`,
 * `view-users`, `query-users`, `query-groups`, `view-events`, `manage-events`
 * and, for organisations, `manage-realm`; `…_CLIENT_ID` and `…_REALM` default to
 * `formulary`. The realm has Organizations, and the event listener
 * `ext-event-webhook` of p2-inc/keycloak-events, which reaches this machine as
 * `…_RECEIVER_HOST` (`localhost`). Log-ins are tried where the realm was imported
 * from `realmImport` and `…_CREDENTIALS` names its `credentials.json`.
 */
describe('Keycloak', () => {
  let target: ContractTarget;
  let realm: string;
  let clientId: string;
  let clientSecret: string;
  let issuer: string;
  let admin: AdminClient;
  let webhooks: AdminClient;
  const users: string[] = [];
  const groups: string[] = [];
  const organizations: string[] = [];

  /** What a real server with the sandbox's realm (`realmImport`) was made from. */
  const importedRealm = (): SandboxCredentials | undefined =>
    target.settings.credentials
      ? JSON.parse(readFileSync(target.settings.credentials, 'utf8'))
      : undefined;

  const idOf = ({ location }: { location: string | null }) =>
    location?.split('/').pop() ?? '';

  async function newUser(more: Record<string, unknown> = {}) {
    const username = `contract-${unique()}`;
    const answer = await admin.request('POST', '/users', {
      username,
      email: `${username}@contract.example`,
      firstName: 'Contract',
      lastName: 'User',
      enabled: true,
      ...more,
    });
    expect(answer.status).toBe(201);
    const id = idOf(answer);
    users.push(id);
    return { id, username };
  }

  async function newGroup(parentId?: string) {
    const name = `contract-${unique()}`;
    const path = parentId ? `/groups/${parentId}/children` : '/groups';
    const answer = await admin.request('POST', path, { name });
    expect(answer.status).toBe(201);
    const id = idOf(answer);
    if (!parentId) groups.push(id);
    return { id, name };
  }

  async function newOrganization() {
    const name = `contract-${unique()}`;
    const answer = await admin.request('POST', '/organizations', {
      name,
      alias: name,
      enabled: true,
      domains: [{ name: `${name}.example`, verified: false }],
    });
    expect(answer.status).toBe(201);
    const id = idOf(answer);
    organizations.push(id);
    return { id, name };
  }

  beforeAll(async () => {
    target = await startTarget('keycloak');
    const own = target.credentials?.services.keycloak;
    realm = own?.realm ?? target.settings.realm ?? 'formulary';
    clientId = own?.clientId ?? target.settings.client_id ?? 'formulary';
    clientSecret = own?.clientSecret ?? target.token;
    issuer = `${target.url}/realms/${realm}`;
    const client = new OidcClient(issuer, {
      clientId,
      clientSecret,
      redirectUri: '',
    });
    const { access_token: token } = await client.serviceAccount();
    admin = new AdminClient(`${target.url}/admin/realms/${realm}`, token);
    webhooks = new AdminClient(`${issuer}/webhooks`, token);
  });

  afterAll(async () => {
    // A target that did not start has nothing to clean up.
    if (!target) return;
    for (const id of users) await admin.request('DELETE', `/users/${id}`);
    for (const id of groups) await admin.request('DELETE', `/groups/${id}`);
    for (const id of organizations) {
      await admin.request('DELETE', `/organizations/${id}`);
    }
    await target.stop();
  });

  describe('tokens', () => {
    const token = (headers: HeadersInit, body: Record<string, string>) =>
      fetch(`${issuer}/protocol/openid-connect/token`, {
        method: 'POST',
        headers,
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          ...body,
        }),
      });

    it('are given to the service account as JWTs, so that their expiry can be read', async () => {
      const secret = btoa(`${clientId}:${clientSecret}`);
      const answers = [
        await token({ Authorization: `Basic ${secret}` }, {}),
        await token({}, { client_id: clientId, client_secret: clientSecret }),
      ];
      for (const answer of answers) {
        expect(answer.status).toBe(200);
        const body = await answer.json();
        expect(body).toMatchObject({ token_type: 'Bearer' });
        expect(jwtPayload(body.access_token)).toMatchObject({
          iss: issuer,
          azp: clientId,
          exp: expect.any(Number),
        });
      }
    });

    it('are not given for a wrong secret', async () => {
      const answer = await token(
        {},
        { client_id: clientId, client_secret: 'wrong' },
      );
      expect(answer.status).toBe(401);
    });

    // KeycloakErrorHandler: JAX-RS exceptions are shown as { error: message }.
    it('are needed for the Admin API', async () => {
      const stranger = new AdminClient(
        `${target.url}/admin/realms/${realm}`,
        undefined,
      );
      await expect(stranger.get('/users')).resolves.toMatchObject({
        status: 401,
        body: { error: 'HTTP 401 Unauthorized' },
      });
    });
  });

  // services/resources/admin/UsersResource.java, UserResource.java
  describe('users', () => {
    it('are made, read, changed and removed', async () => {
      const { id, username } = await newUser({
        attributes: { team: ['blue'] },
      });
      await expect(admin.get(`/users/${id}`)).resolves.toMatchObject({
        status: 200,
        body: {
          id,
          username,
          email: `${username}@contract.example`,
          firstName: 'Contract',
          lastName: 'User',
          enabled: true,
          emailVerified: false,
          createdTimestamp: expect.any(Number),
        },
      });
      await expect(
        admin.request('PUT', `/users/${id}`, {
          email: `${username}@contract.example`,
          firstName: 'Changed',
          lastName: 'User',
          enabled: false,
        }),
      ).resolves.toMatchObject({ status: 204 });
      await expect(admin.get(`/users/${id}`)).resolves.toMatchObject({
        body: { username, firstName: 'Changed', enabled: false },
      });
      await expect(
        admin.request('DELETE', `/users/${id}`),
      ).resolves.toMatchObject({ status: 204 });
      await expect(admin.get(`/users/${id}`)).resolves.toMatchObject({
        status: 404,
        body: { error: 'User not found' },
      });
    });

    it('have a unique username and e-mail address, whatever the case', async () => {
      const { username } = await newUser();
      await expect(
        admin.request('POST', '/users', { username: username.toUpperCase() }),
      ).resolves.toMatchObject({
        status: 409,
        body: { errorMessage: 'User exists with same username' },
      });
      await expect(
        admin.request('POST', '/users', {
          username: `${username}-2`,
          email: `${username.toUpperCase()}@contract.example`,
        }),
      ).resolves.toMatchObject({
        status: 409,
        body: { errorMessage: 'User exists with same email' },
      });
    });

    it('need a username', async () => {
      await expect(admin.request('POST', '/users', {})).resolves.toMatchObject({
        status: 400,
        body: { errorMessage: 'User name is missing' },
      });
    });

    it('are searched, counted and paged', async () => {
      const mark = unique();
      const names = ['a', 'b', 'c'].map(letter => `${mark}-${letter}`);
      for (const username of names) {
        await newUser({ username, email: `${username}@contract.example` });
      }
      const found = async (query: string) => {
        const { body } = await admin.get(`/users?${query}`);
        return (body as Array<{ username: string }>).map(
          ({ username }) => username,
        );
      };
      await expect(found(`search=${mark}`)).resolves.toEqual(names);
      await expect(found(`search=*${mark.slice(2)}*`)).resolves.toEqual(names);
      await expect(found(`search=${mark}&first=1&max=1`)).resolves.toEqual([
        names[1],
      ]);
      await expect(found(`username=${names[0]}&exact=true`)).resolves.toEqual([
        names[0],
      ]);
      await expect(found(`username=${mark}&exact=true`)).resolves.toEqual([]);
      await expect(
        found(`email=${names[2]}@contract.example&exact=true`),
      ).resolves.toEqual([names[2]]);
      await expect(
        admin.get(`/users/count?search=${mark}`),
      ).resolves.toMatchObject({ body: 3 });
    });

    it('get a password, roles and an end to their sessions', async () => {
      const { id } = await newUser();
      await expect(
        admin.request('PUT', `/users/${id}/reset-password`, {
          type: 'password',
          value: `secret-${unique()}`,
          temporary: false,
        }),
      ).resolves.toMatchObject({ status: 204 });
      const { body: roles } = await admin.get('/roles');
      const [role] = roles as Array<{ id: string; name: string }>;
      const mappings = `/users/${id}/role-mappings/realm`;
      await expect(
        admin.request('POST', mappings, [role]),
      ).resolves.toMatchObject({ status: 204 });
      await expect(admin.get(mappings)).resolves.toMatchObject({
        body: expect.arrayContaining([
          expect.objectContaining({ name: role.name }),
        ]),
      });
      await expect(
        admin.request('POST', `/users/${id}/logout`),
      ).resolves.toMatchObject({ status: 204 });
    });
  });

  // services/resources/admin/GroupsResource.java, GroupResource.java
  describe('groups', () => {
    it('form a tree whose branches are read one by one', async () => {
      const parent = await newGroup();
      const child = await newGroup(parent.id);
      const top = await admin.get(
        `/groups?search=${parent.name}&exact=true&briefRepresentation=true`,
      );
      expect(top.body).toMatchObject([
        { id: parent.id, path: `/${parent.name}`, subGroupCount: 1 },
      ]);
      const children = await admin.get(`/groups/${parent.id}/children`);
      expect(children.body).toMatchObject([
        {
          id: child.id,
          parentId: parent.id,
          path: `/${parent.name}/${child.name}`,
        },
      ]);
      await expect(admin.get('/groups/count')).resolves.toMatchObject({
        body: { count: expect.any(Number) },
      });
    });

    it('have members, who are not members of the parent', async () => {
      const parent = await newGroup();
      const child = await newGroup(parent.id);
      const { id, username } = await newUser();
      const membership = `/users/${id}/groups/${child.id}`;
      await expect(admin.request('PUT', membership)).resolves.toMatchObject({
        status: 204,
      });
      await expect(
        admin.get(`/groups/${child.id}/members?first=0&max=100`),
      ).resolves.toMatchObject({ body: [{ id, username }] });
      await expect(
        admin.get(`/groups/${parent.id}/members`),
      ).resolves.toMatchObject({ body: [] });
      await expect(admin.get(`/users/${id}/groups`)).resolves.toMatchObject({
        body: [{ id: child.id, path: `/${parent.name}/${child.name}` }],
      });
      await expect(admin.request('DELETE', membership)).resolves.toMatchObject({
        status: 204,
      });
    });

    it('have unique names among siblings', async () => {
      const { name } = await newGroup();
      await expect(
        admin.request('POST', '/groups', { name }),
      ).resolves.toMatchObject({
        status: 409,
        body: {
          errorMessage: `Top level group named '${name}' already exists.`,
        },
      });
    });

    it('are missed by id', async () => {
      await expect(
        admin.get('/groups/00000000-0000-4000-8000-000000000000'),
      ).resolves.toMatchObject({
        status: 404,
        body: { error: 'Could not find group by id' },
      });
    });
  });

  // organization/admin/resource/OrganizationsResource.java, OrganizationMemberResource.java
  describe('organisations', () => {
    it('are made, have members, and are removed', async () => {
      const name = `contract-${unique()}`;
      const made = await admin.request('POST', '/organizations', {
        name,
        alias: name,
        enabled: true,
        domains: [{ name: `${name}.example`, verified: false }],
      });
      expect(made.status).toBe(201);
      const path = `/organizations/${idOf(made)}`;
      await expect(
        admin.get(`/organizations?search=${name}&exact=true`),
      ).resolves.toMatchObject({
        body: [{ name, alias: name, domains: [{ name: `${name}.example` }] }],
      });
      const { id, username } = await newUser();
      await expect(
        admin.request('POST', `${path}/members`, id),
      ).resolves.toMatchObject({ status: 201 });
      await expect(
        admin.request('POST', `${path}/members`, id),
      ).resolves.toMatchObject({
        status: 409,
        body: {
          errorMessage: 'User is already a member of the organization.',
        },
      });
      await expect(admin.get(`${path}/members`)).resolves.toMatchObject({
        body: [{ id, username }],
      });
      await expect(
        admin.get(`/organizations/members/${id}/organizations`),
      ).resolves.toMatchObject({ body: [{ alias: name }] });
      await expect(
        admin.request('DELETE', `${path}/members/${id}`),
      ).resolves.toMatchObject({ status: 204 });
      await expect(admin.request('DELETE', path)).resolves.toMatchObject({
        status: 204,
      });
    });
  });

  // p2-inc/keycloak-events 0.50: resources/WebhooksResource.java,
  // events/WebhookSenderEventListenerProvider.java, representation/ExtendedAdminEvent.java
  describe('webhooks', () => {
    it('are made and changed, and keep their secret to themselves', async () => {
      const made = await webhooks.request('POST', '', {
        enabled: false,
        url: 'http://localhost:1/',
        secret: 'not shown',
        eventTypes: ['access.REGISTER'],
      });
      expect(made).toMatchObject({
        status: 201,
        // It names a path of the Admin API, where no webhook is.
        location: expect.stringContaining(`/admin/realms/${realm}/webhooks/`),
      });
      const path = `/${idOf(made)}`;
      const { body } = await webhooks.get(path);
      expect(body).toMatchObject({
        id: idOf(made),
        enabled: false,
        realm,
        createdAt: expect.any(Number),
        createdBy: expect.stringMatching(/^[0-9a-f-]{36}$/),
        eventTypes: ['access.REGISTER'],
      });
      expect(JSON.stringify(body)).not.toContain('not shown');
      await expect(
        webhooks.request('PUT', path, { url: 'http://localhost:2/' }),
      ).resolves.toMatchObject({ status: 204 });
      await expect(webhooks.get(path)).resolves.toMatchObject({
        body: { url: 'http://localhost:2/', eventTypes: ['access.REGISTER'] },
      });
      await expect(
        webhooks.request('POST', '', {
          url: 'http://localhost:1/',
          unknown: true,
        }),
      ).resolves.toMatchObject({ status: 400 });
      await expect(webhooks.request('DELETE', path)).resolves.toMatchObject({
        status: 204,
      });
      await expect(webhooks.get(path)).resolves.toMatchObject({
        status: 404,
        body: { error: `no webhook with id ${idOf(made)}` },
      });
    });

    it('are told, signed, of a user and their memberships', async () => {
      const receiver = await WebhookReceiver.start();
      const host = target.settings.receiver_host ?? 'localhost';
      const made = await webhooks.request('POST', '', {
        enabled: true,
        url: `http://${host}:${receiver.port}/`,
        secret: 'of the contract',
        eventTypes: ['admin.*'],
      });
      const told = async (type: string) => {
        const { headers, body } = await receiver.next(webhook =>
          webhook.body.includes(`"${type}"`),
        );
        expect(headers['x-keycloak-signature']).toBe(
          createHmac('sha256', 'of the contract').update(body).digest('hex'),
        );
        const event = JSON.parse(body);
        expect(event).toMatchObject({
          id: expect.any(String),
          uid: expect.any(String),
          time: expect.any(Number),
          // The id of the realm in one place, its name in the other.
          realmId: expect.stringMatching(/^[0-9a-f-]{36}$/),
          realmName: realm,
          authDetails: {
            realmId: realm,
            userId: expect.any(String),
            username: `service-account-${clientId}`,
          },
        });
        const { representation = 'null' } = event;
        return { ...event, representation: JSON.parse(representation) };
      };
      try {
        const group = await newGroup();
        const organization = await newOrganization();
        const { id, username } = await newUser({
          credentials: [{ type: 'password', value: `secret-${unique()}` }],
        });
        const email = `${username}@contract.example`;
        const create = await told('admin.USER-CREATE');
        expect(create).toMatchObject({
          resourceType: 'USER',
          operationType: 'CREATE',
          resourcePath: `users/${id}`,
          resourceId: id,
          details: { userId: id, username },
          representation: { username, email, enabled: true },
        });
        expect(create.representation).not.toHaveProperty('credentials');

        const members = `organizations/${organization.id}/members`;
        await admin.request('POST', `/${members}`, id);
        expect(
          await told('admin.ORGANIZATION_MEMBERSHIP-CREATE'),
        ).toMatchObject({
          resourcePath: members,
          resourceId: 'members',
          details: { username, email },
          representation: { alias: organization.name },
        });
        const membership = `users/${id}/groups/${group.id}`;
        await admin.request('PUT', `/${membership}`);
        expect(await told('admin.GROUP_MEMBERSHIP-CREATE')).toMatchObject({
          resourcePath: membership,
          details: { username, email },
          representation: { path: `/${group.name}` },
        });
        await admin.request('PUT', `/users/${id}`, { emailVerified: true });
        expect(await told('admin.USER-UPDATE')).toMatchObject({
          details: { userId: id, username },
          representation: { emailVerified: true },
        });
        await admin.request('PUT', `/users/${id}/reset-password`, {
          type: 'password',
          value: `secret-${unique()}`,
        });
        expect(await told('admin.USER-ACTION')).toMatchObject({
          resourcePath: `users/${id}/reset-password`,
          details: {},
        });
        await admin.request('DELETE', `/${members}/${id}`);
        expect(
          await told('admin.ORGANIZATION_MEMBERSHIP-DELETE'),
        ).toMatchObject({
          resourcePath: `${members}/${id}`,
          details: { username, email },
        });
        await admin.request('DELETE', `/users/${id}`);
        const remove = await told('admin.USER-DELETE');
        expect(remove.details).toEqual({ userId: id });
      } finally {
        await webhooks.request('DELETE', `/${idOf(made)}`);
        await receiver.stop();
      }
    });
  });

  describe('log-in', () => {
    it('gives the stand-in of every service the same subject', async () => {
      const credentials = target.credentials ?? importedRealm();
      // Other people and passwords are not the suite's to know.
      if (!credentials) return;
      const { gitea, coder, mattermost, twenty } = credentials.services;
      const clients = [
        portalClient(credentials),
        {
          ...gitea.login,
          redirectUri: `${gitea.url}/user/oauth2/keycloak/callback`,
        },
        {
          ...coder.login,
          redirectUri: `${coder.url}/api/v2/users/oidc/callback`,
        },
        {
          ...mattermost.login,
          redirectUri: `${mattermost.url}/signup/openid/complete`,
        },
        { ...twenty.login, redirectUri: `${twenty.url}/auth/oidc/callback` },
      ];
      const subjects = new Set<unknown>();
      for (const options of clients) {
        const browser = new Browser(target.url);
        const client = new OidcClient(issuer, options);
        const { username, password, organisation } = personCalled(
          credentials,
          'bob',
        );
        const login = { username, password };
        const answer = await browser.submit(await client.begin(browser), login);
        // With organisations, a real Keycloak asks for the name alone first.
        const end = answer.html.includes('name="password"')
          ? await browser.submit(answer, login)
          : answer;
        const tokens = await client.redeem(end);
        const userinfo = await client.userinfo(tokens.access_token);
        expect(userinfo).toMatchObject({
          sub: jwtPayload(tokens.id_token).sub,
          preferred_username: username,
          email: `${username}@${organisation}.example`,
          email_verified: true,
          name: 'Bob Tanaka',
          groups: [`/${organisation}`, `/${organisation}/acme-developers`],
          organization: [organisation],
          realm_access: { roles: expect.arrayContaining(['developer']) },
        });
        expect(typeof userinfo.id).toBe(
          options.clientId === 'mattermost' ? 'number' : 'undefined',
        );
        subjects.add(userinfo.sub);
      }
      expect(subjects.size).toBe(1);
    });
  });
});
