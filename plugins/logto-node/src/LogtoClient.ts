import { isServiceError } from '@formulary/service-client-node';
import { z } from 'zod';
import { LogtoCalls, LogtoClientOptions, LogtoHttpOptions } from './LogtoCalls';
import {
  LogtoMember,
  LogtoMembership,
  LogtoOrganization,
  LogtoRole,
  LogtoUser,
  memberSchema,
  membershipSchema,
  organizationSchema,
  roleSchema,
  userSchema,
} from './representations';

/**
 * What Logto says of a user whom it does not have (`koa-slonik-error-handler.ts`
 * of logto-io/logto, and its integration test "should fail when get user by
 * invalid id").
 */
const USER_UNKNOWN = 'entity.not_found';

/** What it says of an organisation (`find-entity-by-id.ts` of logto-io/logto). */
const ORGANIZATION_UNKNOWN = 'entity.not_exists_with_id';

/** Names a thing in a path. */
const part = encodeURIComponent;

/**
 * What the portal reads with Logto's Management API, as a machine-to-machine
 * app. A page that fails is thrown, never an empty one, and so is a list shorter
 * than Logto's own count.
 *
 * @public
 */
export class LogtoClient {
  private readonly calls: LogtoCalls;

  constructor(options: LogtoClientOptions, http: LogtoHttpOptions = {}) {
    this.calls = new LogtoCalls(options, http);
  }

  /** Address without a trailing slash. */
  get endpoint(): string {
    return this.calls.endpoint;
  }

  /** What Logto puts into the `iss` claim of its tokens. */
  get issuer(): string {
    return `${this.endpoint}/oidc`;
  }

  /** Every user, in pages. */
  users(): AsyncGenerator<LogtoUser[]> {
    return this.calls.pages('/users', userSchema, 'list the users');
  }

  /** A user by id, or undefined when Logto itself says that it has none. */
  async findUser(id: string): Promise<LogtoUser | undefined> {
    return orUnknown(
      this.calls.get(`/users/${part(id)}`, {
        expect: userSchema,
        action: `read the user ${id}`,
      }),
      USER_UNKNOWN,
    );
  }

  /** The organisations of a user, or undefined when Logto has no such user. */
  async organizationsOf(id: string): Promise<LogtoMembership[] | undefined> {
    return orUnknown(
      this.calls.get(`/users/${part(id)}/organizations`, {
        expect: z.array(membershipSchema),
        action: `read the organisations of the user ${id}`,
      }),
      USER_UNKNOWN,
    );
  }

  /** The roles of a user that are of no organisation, or undefined when Logto has no such user. */
  async rolesOf(id: string): Promise<LogtoRole[] | undefined> {
    return orUnknown(
      this.calls.all(
        `/users/${part(id)}/roles`,
        roleSchema,
        `read the roles of the user ${id}`,
      ),
      USER_UNKNOWN,
    );
  }

  organizations(): Promise<LogtoOrganization[]> {
    return this.calls.all(
      '/organizations',
      organizationSchema,
      'list the organisations',
    );
  }

  /** An organisation by id, or undefined when Logto itself says that it has none. */
  async findOrganization(id: string): Promise<LogtoOrganization | undefined> {
    return orUnknown(
      this.calls.get(`/organizations/${part(id)}`, {
        expect: organizationSchema,
        action: `read the organisation ${id}`,
      }),
      ORGANIZATION_UNKNOWN,
    );
  }

  /**
   * The members of an organisation, in pages.
   *
   * @param roleId - only those who have the role
   */
  members(
    organizationId: string,
    roleId?: string,
  ): AsyncGenerator<LogtoMember[]> {
    return this.calls.pages(
      `/organizations/${part(organizationId)}/users`,
      memberSchema,
      `list the members of the organisation ${organizationId}`,
      { organizationRoleId: roleId },
    );
  }

  /** The roles that somebody may have in an organisation. */
  organizationRoles(): Promise<LogtoRole[]> {
    return this.calls.all(
      '/organization-roles',
      roleSchema,
      'list the roles in organisations',
    );
  }

  /** The roles of people that are of no organisation. */
  roles(): Promise<LogtoRole[]> {
    return this.calls.all('/roles', roleSchema, 'list the roles', {
      type: 'User',
    });
  }

  /** Ids of those who have a role, in pages. */
  roleHolders(roleId: string): AsyncGenerator<{ id: string }[]> {
    return this.calls.pages(
      `/roles/${part(roleId)}/users`,
      z.object({ id: z.string().min(1) }),
      `list the people with the role ${roleId}`,
    );
  }
}

/**
 * Undefined only in Logto's own words: a proxy's 404, or that of an address
 * without an API, must not make anybody a leaver.
 */
async function orUnknown<T>(
  answer: Promise<T>,
  code: string,
): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (isServiceError(error, 'not-found') && error.code === code) {
      return undefined;
    }
    throw error;
  }
}
