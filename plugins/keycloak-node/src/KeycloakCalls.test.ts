import { ScriptedServer, Turn } from '@formulary/service-client-test-utils';
import { z } from 'zod';
import { KeycloakCalls } from './KeycloakCalls';

const json = (value: unknown, status = 200): Turn => ({
  status,
  body: JSON.stringify(value),
});
const token = json({ access_token: 'a-token', expires_in: 300 });
const userSchema = z.object({ id: z.string() });

describe('KeycloakCalls', () => {
  const server = new ScriptedServer();
  let keycloak: KeycloakCalls;

  beforeEach(async () => {
    keycloak = new KeycloakCalls(
      {
        baseUrl: await server.start(),
        realm: 'main',
        loginRealm: 'master',
        clientId: 'formulary',
        clientSecret: 'the-secret',
        pageSize: 2,
      },
      { retries: 0 },
    );
    server.seen.splice(0);
  });
  afterEach(() => server.stop());

  const find = () =>
    keycloak.find('/users/1', userSchema, 'read a user', 'User not found');

  it('reads a list page by page, with the token of the service account', async () => {
    server.turns = [token, json([{ id: '1' }, { id: '2' }]), json([])];
    await expect(
      keycloak.all('/users', userSchema, 'list the users'),
    ).resolves.toEqual([{ id: '1' }, { id: '2' }]);
    const [login, first, second] = server.seen;
    expect(login.url).toBe('/realms/master/protocol/openid-connect/token');
    expect(first.headers.authorization).toBe('Bearer a-token');
    expect([first.url, second.url]).toEqual([
      '/admin/realms/main/users?first=0&max=2&briefRepresentation=true',
      '/admin/realms/main/users?first=2&max=2&briefRepresentation=true',
    ]);
  });

  it('throws for a page that fails', async () => {
    server.turns = [
      token,
      json([{ id: '1' }, { id: '2' }]),
      json({ error: 'unknown_error' }, 500),
    ];
    await expect(
      keycloak.all('/users', userSchema, 'list the users'),
    ).rejects.toThrow('Keycloak could not list the users');
  });

  it('finds nothing in the words of Keycloak alone', async () => {
    server.turns = [token, json({ error: 'User not found' }, 404)];
    await expect(find()).resolves.toBeUndefined();
  });

  it.each([
    ['of another realm', json({ error: 'Realm not found.' }, 404)],
    ['of a proxy', { status: 404, body: '<h1>Not Found</h1>' }],
  ])('takes a 404 %s for no absence', async (_whose, answer) => {
    server.turns = [token, answer];
    await expect(find()).rejects.toMatchObject({ name: 'ServiceError' });
  });

  it('never shows the secret', async () => {
    server.turns = [json({ error: 'invalid_client the-secret' }, 401)];
    const failure = await find().catch(error => error);
    expect(failure).toMatchObject({ kind: 'unauthorized' });
    expect(failure.message).not.toContain('the-secret');
  });
});
