import {
  KeycloakCalls,
  KeycloakCallsOptions,
} from '@formulary/plugin-keycloak-node';
import { z } from 'zod';
import {
  groupSchema,
  KeycloakGroup,
  KeycloakOrganization,
  KeycloakUser,
  organizationSchema,
  realmSchema,
  roleSchema,
  userSchema,
} from './representations';

/** Names a thing in a path. */
const part = encodeURIComponent;

/**
 * The calls of Keycloak's Admin REST API that the organisation data needs, as a
 * service account. Lists come page by page; a page that fails is thrown, never
 * an empty one.
 */
export class KeycloakRealm {
  private readonly calls: KeycloakCalls;

  constructor(options: KeycloakCallsOptions & { concurrency: number }) {
    const { concurrency } = options;
    this.calls = new KeycloakCalls(options, { concurrency });
  }

  /** Address without a trailing slash. */
  get baseUrl(): string {
    return this.calls.baseUrl;
  }

  get name(): string {
    return this.calls.realm;
  }

  /** Every user but service accounts, in pages. */
  users(): AsyncGenerator<KeycloakUser[]> {
    return this.calls.pages('/users', userSchema, 'list the users');
  }

  async userCount(): Promise<number> {
    return this.calls.get('/users/count', z.number(), 'count the users');
  }

  /** A user by id, or undefined when Keycloak itself says that it has none. */
  async user(id: string): Promise<KeycloakUser | undefined> {
    return this.calls.find(
      `/users/${part(id)}`,
      userSchema,
      `read the user ${id}`,
      // UsersResource.user
      'User not found',
    );
  }

  /** A user by name, or undefined when the realm has none. */
  async userByName(username: string): Promise<KeycloakUser | undefined> {
    const users = await this.calls.get(
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
    return this.calls.all(
      `/users/${part(userId)}/groups`,
      groupSchema,
      `read the groups of the user ${userId}`,
    );
  }

  async organizationsOf(userId: string): Promise<KeycloakOrganization[]> {
    return this.calls.get(
      `/organizations/members/${part(userId)}/organizations`,
      z.array(organizationSchema),
      `read the organisations of the user ${userId}`,
    );
  }

  /** Names of the realm roles that a user was given. */
  async rolesOf(userId: string): Promise<string[]> {
    const roles = await this.calls.get(
      `/users/${part(userId)}/role-mappings/realm`,
      z.array(roleSchema),
      `read the roles of the user ${userId}`,
    );
    return roles.map(({ name }) => name);
  }

  topGroups(): Promise<KeycloakGroup[]> {
    return this.calls.all('/groups', groupSchema, 'list the groups');
  }

  subGroups(group: KeycloakGroup): Promise<KeycloakGroup[]> {
    return this.calls.all(
      `/groups/${part(group.id)}/children`,
      groupSchema,
      `list the groups below ${group.path}`,
    );
  }

  /** Groups of every level. */
  async groupCount(): Promise<number> {
    const { count } = await this.calls.get(
      '/groups/count',
      z.object({ count: z.number() }),
      'count the groups',
    );
    return count;
  }

  /** A group by id, or undefined when Keycloak itself says that it has none. */
  async group(id: string): Promise<KeycloakGroup | undefined> {
    return this.calls.find(
      `/groups/${part(id)}`,
      groupSchema,
      `read the group ${id}`,
      // GroupsResource.getGroupById
      'Could not find group by id',
    );
  }

  groupMembers(group: KeycloakGroup): AsyncGenerator<KeycloakUser[]> {
    return this.calls.pages(
      `/groups/${part(group.id)}/members`,
      userSchema,
      `list the members of ${group.path}`,
    );
  }

  /** Whether the realm has organisations; undefined when the service account is not told, for want of `view-realm`. */
  async hasOrganizations(): Promise<boolean | undefined> {
    const { organizationsEnabled } = await this.calls.get(
      '',
      realmSchema,
      'read whether the realm has organisations',
    );
    return organizationsEnabled;
  }

  organizations(): Promise<KeycloakOrganization[]> {
    return this.calls.all(
      '/organizations',
      organizationSchema,
      'list the organisations',
    );
  }

  /** An organisation by id, or undefined when Keycloak itself says that it has none. */
  async organization(id: string): Promise<KeycloakOrganization | undefined> {
    return this.calls.find(
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
    return this.calls.pages(
      `/organizations/${part(organization.id)}/members`,
      userSchema,
      `list the members of ${organization.name}`,
    );
  }

  /** Names of the realm's roles. */
  async roles(): Promise<string[]> {
    const roles = await this.calls.all(
      '/roles',
      roleSchema,
      'list the roles (the service account needs view-realm; realmRoles: false leaves them out)',
    );
    return roles.map(({ name }) => name);
  }

  roleMembers(role: string): AsyncGenerator<KeycloakUser[]> {
    return this.calls.pages(
      `/roles/${part(role)}/users`,
      userSchema,
      `list the users with the role ${role}`,
    );
  }
}
