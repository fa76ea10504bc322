import { credentials } from './sandbox';

/** Adds people to Acme at the identity provider, as an administrator there does. */
export async function addToAcme(usernames: string[]): Promise<void> {
  const { keycloak } = credentials().services;
  const token = await tokenOf(keycloak);
  const call = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(
      `${keycloak.url}/admin/realms/${keycloak.realm}${path}`,
      {
        method,
        headers: {
          Authorization: `Bearer ${token}`,
          'Content-Type': 'application/json',
        },
        body: body === undefined ? undefined : JSON.stringify(body),
      },
    );
    if (!response.ok) throw new Error(await response.text());
    return response;
  };
  const [acme]: Array<{ id: string }> = await (
    await call('GET', '/organizations?search=acme')
  ).json();
  for (const username of usernames) {
    const created = await call('POST', '/users', {
      username,
      email: `${username}@acme.example`,
      emailVerified: true,
      enabled: true,
      firstName: username,
      lastName: 'Newcomer',
      groups: ['/acme/acme-developers'],
    });
    const id = created.headers.get('location')!.split('/').at(-1);
    await call('POST', `/organizations/${acme.id}/members`, id);
  }
}

async function tokenOf(keycloak: {
  issuer: string;
  clientId: string;
  clientSecret: string;
}): Promise<string> {
  const response = await fetch(
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
  if (!response.ok) throw new Error(await response.text());
  const { access_token: token } = await response.json();
  return token;
}
