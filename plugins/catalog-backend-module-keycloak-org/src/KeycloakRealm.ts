import {
  isServiceError,
  ServiceAccount,
  ServiceHttpClient,
} from '@formulary/service-client-node';
import { z } from 'zod';
import {
  errorSchema,
  groupSchema,
  KeycloakGroup,
  KeycloakOrganization,
  KeycloakUser,
  organizationSchema,
  realmSchema,
  roleSchema,
  userSchema,
} from './representations';

/** Where and as whom a realm is read. */
export interface KeycloakRealmOptions {
  baseUrl: string;
  realm: string;
  loginRealm: string;
  clientId: string;
  clientSecret: string;
  pageSize: number;
  concurrency: number;
}

/** Names a thing in a path. */
const part = encodeURIComponent;

/**
 * The calls of Keycloak's Admin REST API that the organisation data needs, as a
 * service account. Lists come page by page; a page that fails is thrown, never
 * an empty one.
 */
export class KeycloakRealm {
  private readonly http: ServiceHttpClient;
  private readonly account: ServiceAccount;

  constructor(private readonly options: KeycloakRealmOptions) {
    this.http = new ServiceHttpClient({
      service: 'Keycloak',
      baseUrl: options.baseUrl,
      headers: {},
      secrets: [options.clientSecret],
      concurrency: options.concurrency,
      parseError: (_status, body) => {
        const parsed = errorSchema.safeParse(body).data;
        return {
          code: parsed?.error ?? parsed?.errorMessage,
          message:
            parsed?.errorMessage ?? parsed?.error_description ?? parsed?.error,
        };
      },
    });
    this.account = new ServiceAccount(this.http, {
      tokenPath: `/realms/${part(
        options.loginRealm,
      )}/protocol/openid-connect/token`,
      clientId: options.clientId,
      clientSecret: options.clientSecret,
    });
  }

  /** Address without a trailing slash. */
  get baseUrl(): string {
    return this.http.baseUrl;
  }

  get name(): string {
    return this.options.realm;
  }

  /** Every user but service accounts, in pages. */
  users(): AsyncGenerator<KeycloakUser[]> {
    return this.pages('/users', userSchema, 'list the users');
  }

  async userCount(): Promise<number> {
    return this.get('/users/count', z.number(), 'count the users');
  }

  /** A user by id, or undefined when Keycloak itself says that it has none. */
  async user(id: string): Promise<KeycloakUser | undefined> {
    return this.find(
      `/users/${part(id)}`,
      userSchema,
      `read the user ${id}`,
      // UsersResource.user
      'User not found',
    );
  }

  /** A user by name, or undefined when the realm has none. */
  async userByName(username: string): Promise<KeycloakUser | undefined> {
    const users = await this.get(
      '/users',
      z.array(userSchema),
      `look for the user ${username}`,
      { username, exact: true },
    );
    const wanted = username.toLocaleLowerCase('en-US');
    return users.find(
      user => user.username.toLocaleLowerCase('en-US') === wanted,
    );
  }

  groupsOf(userId: string): Promise<KeycloakGroup[]> {
    return this.all(
      `/users/${part(userId)}/groups`,
      groupSchema,
      `read the groups of the user ${userId}`,
    );
  }

  async organizationsOf(userId: string): Promise<KeycloakOrganization[]> {
    return this.get(
      `/organizations/members/${part(userId)}/organizations`,
      z.array(organizationSchema),
      `read the organisations of the user ${userId}`,
    );
  }

  /** Names of the realm roles that a user was given. */
  async rolesOf(userId: string): Promise<string[]> {
    const roles = await this.get(
      `/users/${part(userId)}/role-mappings/realm`,
      z.array(roleSchema),
      `read the roles of the user ${userId}`,
    );
    return roles.map(({ name }) => name);
  }

  topGroups(): Promise<KeycloakGroup[]> {
    return this.all('/groups', groupSchema, 'list the groups');
  }

  subGroups(group: KeycloakGroup): Promise<KeycloakGroup[]> {
    return this.all(
      `/groups/${part(group.id)}/children`,
      groupSchema,
      `list the groups below ${group.path}`,
    );
  }

  /** Groups of every level. */
  async groupCount(): Promise<number> {
    const { count } = await this.get(
      '/groups/count',
      z.object({ count: z.number() }),
      'count the groups',
    );
    return count;
  }

  /** A group by id, or undefined when Keycloak itself says that it has none. */
  async group(id: string): Promise<KeycloakGroup | undefined> {
    return this.find(
      `/groups/${part(id)}`,
      groupSchema,
      `read the group ${id}`,
      // GroupsResource.getGroupById
      'Could not find group by id',
    );
  }

  groupMembers(group: KeycloakGroup): AsyncGenerator<KeycloakUser[]> {
    return this.pages(
      `/groups/${part(group.id)}/members`,
      userSchema,
      `list the members of ${group.path}`,
    );
  }

  /** Whether the realm has organisations; undefined when the service account is not told, for want of `view-realm`. */
  async hasOrganizations(): Promise<boolean | undefined> {
    const { organizationsEnabled } = await this.get(
      '',
      realmSchema,
      'read whether the realm has organisations',
    );
    return organizationsEnabled;
  }

  organizations(): Promise<KeycloakOrganization[]> {
    return this.all(
      '/organizations',
      organizationSchema,
      'list the organisations',
    );
  }

  /** An organisation by id, or undefined when Keycloak itself says that it has none. */
  async organization(id: string): Promise<KeycloakOrganization | undefined> {
    return this.find(
      `/organizations/${part(id)}`,
      organizationSchema,
      `read the organisation ${id}`,
      // OrganizationsResource.get
      'Organization not found.',
    );
  }

  organizationMembers(
    organization: KeycloakOrganization,
  ): AsyncGenerator<KeycloakUser[]> {
    return this.pages(
      `/organizations/${part(organization.id)}/members`,
      userSchema,
      `list the members of ${organization.name}`,
    );
  }

  /** Names of the realm's roles. */
  async roles(): Promise<string[]> {
    const roles = await this.all(
      '/roles',
      roleSchema,
      'list the roles (the service account needs view-realm; realmRoles: false leaves them out)',
    );
    return roles.map(({ name }) => name);
  }

  roleMembers(role: string): AsyncGenerator<KeycloakUser[]> {
    return this.pages(
      `/roles/${part(role)}/users`,
      userSchema,
      `list the users with the role ${role}`,
    );
  }

  private async all<T>(
    path: string,
    entry: z.ZodType<T>,
    action: string,
  ): Promise<T[]> {
    const entries: T[] = [];
    for await (const page of this.pages(path, entry, action)) {
      entries.push(...page);
    }
    return entries;
  }

  private async *pages<T>(
    path: string,
    entry: z.ZodType<T>,
    action: string,
  ): AsyncGenerator<T[]> {
    const max = this.options.pageSize;
    for (let first = 0; ; first += max) {
      const page = await this.get(path, z.array(entry), action, {
        first,
        max,
        briefRepresentation: true,
      });
      if (page.length > 0) yield page;
      if (page.length < max) return;
    }
  }

  private async find<T>(
    path: string,
    expect: z.ZodType<T>,
    action: string,
    absent: string,
  ): Promise<T | undefined> {
    try {
      return await this.get(path, expect, action);
    } catch (error) {
      // A proxy's or another realm's 404 must not make anybody disappear.
      if (isServiceError(error, 'not-found') && error.code === absent) {
        return undefined;
      }
      throw error;
    }
  }

  private async get<T>(
    path: string,
    expect: z.ZodType<T>,
    action: string,
    query?: Record<string, string | number | boolean>,
  ): Promise<T> {
    const { data } = await this.account.authorized(headers =>
      this.http.request<T>({
        method: 'GET',
        path: `/admin/realms/${part(this.options.realm)}${path}`,
        headers,
        query,
        expect,
        action,
      }),
    );
    return data;
  }
}
