import type { NewPerson } from '../portal';
import { credentials } from './sandbox';

/** Calls Keycloak with the portal's service account; `path` begins after the server's address. */
async function call(
  method: string,
  path: string,
  body?: unknown,
): Promise<Response> {
  const { url, issuer, clientId, clientSecret } =
    credentials().services.keycloak;
  const token = await fetch(`${issuer}/protocol/openid-connect/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
    }),
  });
  const { access_token: accessToken } = await token.json();
  const response = await fetch(`${url}${path}`, {
    method,
    headers: {
      Authorization: `Bearer ${accessToken}`,
      'Content-Type': 'application/json',
    },
    body: JSON.stringify(body),
  });
  if (!response.ok) {
    throw new Error(
      `${method} ${path}: ${response.status} ${await response.text()}`,
    );
  }
  return response;
}

const realm = '/admin/realms/formulary';

/** Makes a user as an administrator does; gives their id. */
export async function createUser(person: NewPerson): Promise<string> {
  const { password, ...user } = person;
  const response = await call('POST', `${realm}/users`, {
    ...user,
    enabled: true,
    emailVerified: true,
    credentials: [{ type: 'password', value: password }],
  });
  return response.headers.get('location')!.split('/').pop()!;
}

/** The id of a user. */
export async function findUserId(username: string): Promise<string> {
  const query = new URLSearchParams({ username, exact: 'true' });
  const response = await call('GET', `${realm}/users?${query}`);
  const [user] = await response.json();
  return user.id;
}

/** Vouches for the e-mail address of a user, as a mail with a link does where there is mail. */
export async function verifyEmail(userId: string): Promise<void> {
  await call('PUT', `${realm}/users/${userId}`, { emailVerified: true });
}

/** Makes a user a member of an organisation, and of its developers' group. */
export async function admit(userId: string, alias: string): Promise<void> {
  const organizations = await call(
    'GET',
    `${realm}/organizations?search=${alias}`,
  );
  const [organization] = await organizations.json();
  const group = await call(
    'GET',
    `${realm}/group-by-path/${alias}/${alias}-developers`,
  );
  const { id: groupId } = await group.json();
  await call('PUT', `${realm}/users/${userId}/groups/${groupId}`);
  await call(
    'POST',
    `${realm}/organizations/${organization.id}/members`,
    userId,
  );
}

/** Lets Keycloak's events extension tell the portal of new people. */
export async function createWebhook(): Promise<void> {
  const { portal, services } = credentials();
  await call('POST', '/realms/formulary/webhooks', {
    enabled: true,
    url: `${portal.url}/api/provisioning/webhooks/keycloak`,
    secret: services.keycloak.webhookSecret,
    eventTypes: ['access.*', 'admin.*'],
  });
}
