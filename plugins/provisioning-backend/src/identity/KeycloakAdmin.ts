import { Config } from '@backstage/config';
import {
  isServiceError,
  ServiceAccount,
  ServiceHttpClient,
  ServiceHttpClientOptions,
  ServiceRequest,
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

const errorSchema = z.object({
  errorMessage: z.string().optional(),
  error: z.string().optional(),
  error_description: z.string().optional(),
});

/** A user as Keycloak's Admin API describes them (UserRepresentation). */
export type KeycloakUser = z.infer<typeof userSchema>;

/** A Keycloak group with its path, such as `/acme/acme-leads`. */
export type KeycloakGroup = z.infer<typeof groupSchema>;

/** Where and as whom Keycloak is asked. */
export interface KeycloakAdminOptions {
  baseUrl: string;
  realm: string;
  clientId: string;
  clientSecret: string;
}

const PAGE_SIZE = 100;

/** The calls of Keycloak's Admin REST API that provisioning needs, as a service account. */
export class KeycloakAdmin {
  private readonly http: ServiceHttpClient;
  private readonly account: ServiceAccount;

  constructor(
    private readonly options: KeycloakAdminOptions,
    http: Pick<ServiceHttpClientOptions, 'timeoutMs' | 'retries'> = {},
  ) {
    this.http = new ServiceHttpClient({
      ...http,
      service: 'Keycloak',
      baseUrl: options.baseUrl,
      headers: {},
      secrets: [options.clientSecret],
      parseError: (_status, body) => {
        const parsed = errorSchema.safeParse(body).data;
        return {
          code: parsed?.error,
          message:
            parsed?.errorMessage ?? parsed?.error_description ?? parsed?.error,
        };
      },
    });
    this.account = new ServiceAccount(this.http, {
      tokenPath: `/realms/${encodeURIComponent(
        options.realm,
      )}/protocol/openid-connect/token`,
      clientId: options.clientId,
      clientSecret: options.clientSecret,
    });
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
    return this.options.realm;
  }

  /** What the realm puts into the `iss` claim of its tokens. */
  get issuer(): string {
    return `${this.http.baseUrl}/realms/${this.options.realm}`;
  }

  /** A user by id, or undefined when the realm has none. */
  async findUser(id: string): Promise<KeycloakUser | undefined> {
    try {
      return await this.get(`/users/${encodeURIComponent(id)}`, {
        expect: userSchema,
        action: `read the user ${id}`,
      });
    } catch (error) {
      // Only in Keycloak's own words (UsersResource.user): a proxy's or another
      // realm's 404 must not make anybody a leaver.
      if (
        isServiceError(error, 'not-found') &&
        error.code === 'User not found'
      ) {
        return undefined;
      }
      throw error;
    }
  }

  /** A user by name, whatever its case, or undefined when the realm has none. */
  async findUserByName(username: string): Promise<KeycloakUser | undefined> {
    const users = await this.get('/users', {
      query: { username, exact: true },
      expect: z.array(userSchema),
      action: `look for the user ${username}`,
    });
    return users.find(
      user => user.username.toLowerCase() === username.toLowerCase(),
    );
  }

  /** Every group of a user. */
  async groupsOf(userId: string): Promise<KeycloakGroup[]> {
    const groups: KeycloakGroup[] = [];
    for (let first = 0; ; first += PAGE_SIZE) {
      const page = await this.get(
        `/users/${encodeURIComponent(userId)}/groups`,
        {
          query: { first, max: PAGE_SIZE },
          expect: z.array(groupSchema),
          action: `read the groups of the user ${userId}`,
        },
      );
      groups.push(...page);
      if (page.length < PAGE_SIZE) return groups;
    }
  }

  /** Names of the realm's roles that a user has, those within composite roles and of groups included. */
  async rolesOf(userId: string): Promise<string[]> {
    const roles = await this.get(
      `/users/${encodeURIComponent(userId)}/role-mappings/realm/composite`,
      {
        expect: z.array(roleSchema),
        action: `read the roles of the user ${userId}`,
      },
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
    const { organizationsEnabled } = await this.get('', {
      expect: realmSchema,
      action: 'read whether the realm has organisations',
    });
    return organizationsEnabled;
  }

  private async membershipsOf(userId: string): Promise<string[] | undefined> {
    try {
      const organizations = await this.get(
        `/organizations/members/${encodeURIComponent(userId)}/organizations`,
        {
          expect: z.array(organizationSchema),
          action: `read the organisations of the user ${userId}`,
        },
      );
      return organizations.map(({ alias, name }) => alias ?? name);
    } catch (error) {
      if (isServiceError(error, 'not-found')) return undefined;
      throw error;
    }
  }

  private async get<T>(
    path: string,
    request: Pick<ServiceRequest<T>, 'query' | 'expect' | 'action'>,
  ): Promise<T> {
    const { data } = await this.account.authorized(headers =>
      this.http.request<T>({
        method: 'GET',
        path: `/admin/realms/${encodeURIComponent(this.options.realm)}${path}`,
        headers,
        ...request,
      }),
    );
    return data;
  }
}
