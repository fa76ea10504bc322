import { Config } from '@backstage/config';
import {
  KeycloakCalls,
  KeycloakCallsOptions,
} from '@formulary/plugin-keycloak-node';
import {
  isServiceError,
  ServiceHttpClientOptions,
} from '@formulary/service-client-node';
import { z } from 'zod';

const userSchema = z.object({
  id: z.string(),
  username: z.string(),
  enabled: z.boolean().default(true),
  email: z.string().optional(),
  emailVerified: z.boolean().default(false),
  firstName: z.string().optional(),
  lastName: z.string().optional(),
  attributes: z.record(z.string(), z.array(z.string())).default({}),
});

const groupSchema = z.object({ name: z.string(), path: z.string() });

const roleSchema = z.object({ name: z.string() });

const organizationSchema = z.object({
  name: z.string(),
  alias: z.string().optional(),
});

const realmSchema = z.object({
  organizationsEnabled: z.boolean().default(true),
});

/** A user as Keycloak's Admin API describes them (UserRepresentation). */
export type KeycloakUser = z.infer<typeof userSchema>;

/** A Keycloak group with its path, such as `/acme/acme-leads`. */
export type KeycloakGroup = z.infer<typeof groupSchema>;

/** The calls of Keycloak's Admin REST API that provisioning needs, as a service account. */
export class KeycloakAdmin {
  private readonly calls: KeycloakCalls;

  constructor(
    options: KeycloakCallsOptions,
    http: Pick<ServiceHttpClientOptions, 'timeoutMs' | 'retries'> = {},
  ) {
    this.calls = new KeycloakCalls(options, http);
  }

  /** Reads `provisioning.keycloak`; undefined when it is left out. */
  static fromConfig(config: Config): KeycloakAdmin | undefined {
    const keycloak = config.getOptionalConfig('provisioning.keycloak');
    return (
      keycloak &&
      new KeycloakAdmin({
        baseUrl: keycloak.getString('baseUrl'),
        realm: keycloak.getString('realm'),
        clientId: keycloak.getString('clientId'),
        clientSecret: keycloak.getString('clientSecret'),
      })
    );
  }

  get realm(): string {
    return this.calls.realm;
  }

  /** What the realm puts into the `iss` claim of its tokens. */
  get issuer(): string {
    return `${this.calls.baseUrl}/realms/${this.calls.realm}`;
  }

  /** A user by id, or undefined when Keycloak itself says that it has none. */
  async findUser(id: string): Promise<KeycloakUser | undefined> {
    return this.calls.find(
      `/users/${encodeURIComponent(id)}`,
      userSchema,
      `read the user ${id}`,
      // UsersResource.user
      'User not found',
    );
  }

  /** A user by name, whatever its case, or undefined when the realm has none. */
  async findUserByName(username: string): Promise<KeycloakUser | undefined> {
    const users = await this.calls.get(
      '/users',
      z.array(userSchema),
      `look for the user ${username}`,
      { username, exact: true },
    );
    return users.find(
      user => user.username.toLowerCase() === username.toLowerCase(),
    );
  }

  /** Every group of a user. */
  groupsOf(userId: string): Promise<KeycloakGroup[]> {
    return this.calls.all(
      `/users/${encodeURIComponent(userId)}/groups`,
      groupSchema,
      `read the groups of the user ${userId}`,
    );
  }

  /** Names of the realm's roles that a user has, those within composite roles and of groups included. */
  async rolesOf(userId: string): Promise<string[]> {
    const roles = await this.calls.get(
      `/users/${encodeURIComponent(userId)}/role-mappings/realm/composite`,
      z.array(roleSchema),
      `read the roles of the user ${userId}`,
    );
    return roles.map(({ name }) => name).sort();
  }

  /**
   * Aliases of the organisations of a user, or undefined when the realm has no
   * organisations: they came with Keycloak 26 and are switched on by realm.
   */
  async organizationsOf(userId: string): Promise<string[] | undefined> {
    const organizations = await this.membershipsOf(userId);
    if (organizations?.length !== 0) return organizations;
    // Keycloak 26.4 answers with an empty list where they are switched off, too.
    return (await this.hasOrganizations()) ? organizations : undefined;
  }

  /** Only a service account with `view-realm` is told that they are switched off. */
  private async hasOrganizations(): Promise<boolean> {
    const { organizationsEnabled } = await this.calls.get(
      '',
      realmSchema,
      'read whether the realm has organisations',
    );
    return organizationsEnabled;
  }

  private async membershipsOf(userId: string): Promise<string[] | undefined> {
    try {
      const organizations = await this.calls.get(
        `/organizations/members/${encodeURIComponent(userId)}/organizations`,
        z.array(organizationSchema),
        `read the organisations of the user ${userId}`,
      );
      return organizations.map(({ alias, name }) => alias ?? name);
    } catch (error) {
      if (isServiceError(error, 'not-found')) return undefined;
      throw error;
    }
  }
}
