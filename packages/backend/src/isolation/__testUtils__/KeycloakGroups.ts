/** How the sandbox's Keycloak is reached, from its credentials.json. */
export interface KeycloakAccess {
  url: string;
  realm: string;
  clientId: string;
  clientSecret: string;
}

/** Puts people into groups of the sandbox's Keycloak, and takes them out, as an administrator there does. */
export class KeycloakGroups {
  private constructor(
    private readonly base: string,
    private readonly token: string,
  ) {}

  static async connect(keycloak: KeycloakAccess): Promise<KeycloakGroups> {
    const { url, realm, clientId, clientSecret } = keycloak;
    const response = await fetch(
      `${url}/realms/${realm}/protocol/openid-connect/token`,
      {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: clientId,
          client_secret: clientSecret,
        }),
      },
    );
    const { access_token: token } = await response.json();
    return new KeycloakGroups(`${url}/admin/realms/${realm}`, token);
  }

  /** Puts a person into each group that another one is in. */
  async joinLike(username: string, other: string): Promise<void> {
    await this.change('PUT', username, other);
  }

  /** Takes a person out of each group that another one is in. */
  async leaveLike(username: string, other: string): Promise<void> {
    await this.change('DELETE', username, other);
  }

  private async change(
    method: 'PUT' | 'DELETE',
    username: string,
    other: string,
  ): Promise<void> {
    const [user, model] = await Promise.all([
      this.idOf(username),
      this.idOf(other),
    ]);
    const groups: Array<{ id: string }> = await this.call(
      'GET',
      `/users/${model}/groups`,
    );
    for (const { id } of groups) {
      await this.call(method, `/users/${user}/groups/${id}`);
    }
  }

  private async idOf(username: string): Promise<string> {
    const [{ id }] = await this.call(
      'GET',
      `/users?username=${username}&exact=true`,
    );
    return id;
  }

  private async call(method: string, path: string) {
    const response = await fetch(`${this.base}${path}`, {
      method,
      headers: { Authorization: `Bearer ${this.token}` },
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${text}`);
    return text ? JSON.parse(text) : undefined;
  }
}
