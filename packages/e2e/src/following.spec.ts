import { expect, test } from '@playwright/test';
import { KeycloakAdmin } from './keycloakAdmin';
import { credentials } from './sandbox';
import { FOLLOWS_MS, timeOf } from './seconds';
import { Session } from './session';

const frieda = {
  username: 'frieda',
  firstName: 'Frieda',
  lastName: 'Larsen',
  email: 'frieda@acme.example',
  password: 'correct horse battery staple',
};

/** Answered to whoever may see anything of the catalog. */
const CATALOG = '/api/catalog/entities/by-query?limit=0';

test('somebody of whom Keycloak’s webhook told is signed in with their groups in five seconds, and refused in seconds once they are disabled @sandbox', async ({
  request,
}) => {
  const keycloak = new KeycloakAdmin(credentials().services.keycloak);
  const { username, password } = frieda;
  const id = await keycloak.createUser(frieda);
  await keycloak.admit(id, 'acme');
  let session!: Session;
  const ms = await timeOf('webhook to signed in', async () => {
    session = await Session.signIn(request, { username, password });
  });
  expect(await session.claimed()).toEqual(
    expect.arrayContaining([
      'group:default/acme',
      'group:default/acme-developers',
    ]),
  );
  expect(ms).toBeLessThan(FOLLOWS_MS);

  const status = async () => (await session.get(CATALOG)).status();
  expect(await status()).toBe(200);
  await keycloak.setEnabled(id, false);
  await timeOf('webhook to refused', () =>
    expect.poll(status, { timeout: 4 * FOLLOWS_MS }).toBe(403),
  );
  await keycloak.setEnabled(id, true);
  await timeOf('webhook to let in again', () =>
    expect.poll(status, { timeout: 4 * FOLLOWS_MS }).toBe(200),
  );
});
