import type { SandboxCredentials } from '@formulary/sandbox';
import type { NewPerson } from './portal';

type Keycloak = SandboxCredentials['services']['keycloak'];

/** Keycloak's Admin API, with the portal's service account. */
export class KeycloakAdmin {
  constructor(private readonly keycloak: Keycloak) {}

  /** Makes a user as an administrator does; gives their id. */
  async createUser(person: NewPerson): Promise<string> {
    const { password, ...user } = person;
    const response = await this.call('POST', `${this.realm}/users`, {
      ...user,
      enabled: true,
      emailVerified: true,
      credentials: [{ type: 'password', value: password }],
    });
    return response.headers.get('location')!.split('/').pop()!;
  }

  /** The id of a user. */
  async findUserId(username: string): Promise<string> {
    const query = new URLSearchParams({ username, exact: 'true' });
    const response = await this.call('GET', `${this.realm}/users?${query}`);
    const [user] = await response.json();
    return user.id;
  }

  /** Vouches for the e-mail address of a user, as a mail with a link does where there is mail. */
  async verifyEmail(userId: string): Promise<void> {
    await this.call('PUT', `${this.realm}/users/${userId}`, {
      emailVerified: true,
    });
  }

  /** Disables a user, or enables them again. */
  async setEnabled(userId: string, enabled: boolean): Promise<void> {
    await this.call('PUT', `${this.realm}/users/${userId}`, { enabled });
  }

  /** Makes a user a member of an organisation, and of its developers' group. */
  async admit(userId: string, alias: string): Promise<void> {
    const { realm } = this;
    const organizations = await this.call(
      'GET',
      `${realm}/organizations?search=${alias}`,
    );
    const [organization] = await organizations.json();
    const top = await this.findGroup('groups', alias);
    const group = await this.findGroup(
      `groups/${top}/children`,
      `${alias}-developers`,
    );
    await this.call('PUT', `${realm}/users/${userId}/groups/${group}`);
    await this.call(
      'POST',
      `${realm}/organizations/${organization.id}/members`,
      userId,
    );
  }

  /** Lets Keycloak's events extension tell the portal at an address of new people. */
  async createWebhook(portal: string): Promise<void> {
    await this.call('POST', `/realms/${this.keycloak.realm}/webhooks`, {
      enabled: true,
      url: `${portal}/api/provisioning/webhooks/keycloak`,
      secret: this.keycloak.webhookSecret,
      eventTypes: ['access.*', 'admin.*'],
    });
  }

  /** The id of a group in a list. */
  private async findGroup(list: string, wanted: string): Promise<string> {
    const response = await this.call('GET', `${this.realm}/${list}?max=100`);
    const groups: { id: string; name: string }[] = await response.json();
    const group = groups.find(({ name }) => name === wanted);
    if (!group) throw new Error(`Keycloak has no group ${wanted}`);
    return group.id;
  }

  private get realm(): string {
    return `/admin/realms/${this.keycloak.realm}`;
  }

  /** @param path - after the server's address */
  private async call(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<Response> {
    const { url, issuer, clientId, clientSecret } = this.keycloak;
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
}
