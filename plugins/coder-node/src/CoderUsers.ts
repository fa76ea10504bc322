import {
  isServiceError,
  sameEmail,
  ServiceHttpClient,
} from '@formulary/service-client-node';
import { organizationSchema, userSchema, usersSchema } from './schemas';
import { CoderCallOptions, CoderOrganization, CoderUser } from './types';

/** Users a page; Coder has no maximum. */
const PAGE_SIZE = 100;

/**
 * What a new account is made of.
 *
 * @public
 */
export interface CoderNewUser {
  username: string;
  /** The address of the identity provider: the first log-in finds the account by it. */
  email: string;
  /** Full name, at most 128 characters. */
  name?: string;
}

/**
 * Accounts and organisations in Coder.
 *
 * @public
 */
export class CoderUsers {
  constructor(
    private readonly http: ServiceHttpClient,
    private readonly organization: string,
  ) {}

  /** The account of the configured token. */
  async current(options: CoderCallOptions = {}): Promise<CoderUser> {
    return this.get('me', options);
  }

  /**
   * An account by its id or username, which may differ in case.
   *
   * @throws ServiceError `not-found`
   */
  async get(
    idOrUsername: string,
    options: CoderCallOptions = {},
  ): Promise<CoderUser> {
    const { data } = await this.http.request({
      ...options,
      method: 'GET',
      path: `/api/v2/users/${encodeURIComponent(idOrUsername)}`,
      action: `read the user ${idOrUsername}`,
      expect: userSchema,
    });
    return data;
  }

  /** An account by its id or username, if it is there. */
  async find(
    idOrUsername: string,
    options: CoderCallOptions = {},
  ): Promise<CoderUser | undefined> {
    return this.get(idOrUsername, options).catch(absentIfNotFound);
  }

  /** A page of all accounts, by username, after the one with an id; one after the last is empty. */
  async list(
    after: string | undefined,
    options: CoderCallOptions = {},
  ): Promise<CoderUser[]> {
    const { data } = await this.http.request({
      ...options,
      method: 'GET',
      path: '/api/v2/users',
      query: { limit: PAGE_SIZE, after_id: after },
      action: 'list its users',
      expect: usersSchema,
    });
    return data.users;
  }

  /**
   * The account with exactly this e-mail address, whatever its case.
   *
   * Coder's search finds parts of usernames and addresses, so every page is
   * compared.
   */
  async findByEmail(
    email: string,
    options: CoderCallOptions = {},
  ): Promise<CoderUser | undefined> {
    for (let offset = 0; ; offset += PAGE_SIZE) {
      const { data } = await this.http.request({
        ...options,
        method: 'GET',
        path: '/api/v2/users',
        query: { q: email, limit: PAGE_SIZE, offset },
        action: `look for the user ${email}`,
        expect: usersSchema,
      });
      const match = data.users.find(user => sameEmail(user.email, email));
      if (match || data.users.length < PAGE_SIZE) return match;
    }
  }

  /**
   * Makes an account that logs in with the identity provider, in the configured organisation.
   *
   * It is dormant, which costs no licence seat, until the first log-in.
   *
   * @throws ServiceError `conflict` when username or e-mail are taken; Coder does not say which
   */
  async create(
    user: CoderNewUser,
    options: CoderCallOptions = {},
  ): Promise<CoderUser> {
    const organization = await this.getOrganization(options);
    const { data } = await this.http.request({
      ...options,
      method: 'POST',
      path: '/api/v2/users',
      json: {
        username: user.username,
        email: user.email,
        name: user.name ?? '',
        login_type: 'oidc',
        organization_ids: [organization.id],
      },
      action: `create the user ${user.username}`,
      expect: userSchema,
    });
    return data;
  }

  /** Blocks an account's log-in and tokens. */
  async suspend(
    id: string,
    options: CoderCallOptions = {},
  ): Promise<CoderUser> {
    return this.setStatus(id, 'suspend', options);
  }

  /** Lets an account in again. */
  async activate(
    id: string,
    options: CoderCallOptions = {},
  ): Promise<CoderUser> {
    return this.setStatus(id, 'activate', options);
  }

  /**
   * Deletes an account.
   *
   * @throws ServiceError `conflict` while it has workspaces
   */
  async delete(id: string, options: CoderCallOptions = {}): Promise<void> {
    await this.http.request({
      ...options,
      method: 'DELETE',
      path: `/api/v2/users/${encodeURIComponent(id)}`,
      action: `delete the user ${id}`,
    });
  }

  /** The configured organisation. */
  async getOrganization(
    options: CoderCallOptions = {},
  ): Promise<CoderOrganization> {
    const { data } = await this.http.request({
      ...options,
      method: 'GET',
      path: `/api/v2/organizations/${encodeURIComponent(this.organization)}`,
      action: `read the organization ${this.organization} (coder.organization)`,
      expect: organizationSchema,
    });
    return data;
  }

  /** Makes an account a member of the configured organisation; one that is stays one. */
  async addToOrganization(
    id: string,
    options: CoderCallOptions = {},
  ): Promise<void> {
    await this.http.request({
      ...options,
      method: 'POST',
      path: `/api/v2/organizations/${encodeURIComponent(
        this.organization,
      )}/members/${encodeURIComponent(id)}`,
      action: `add the user ${id} to the organization ${this.organization}`,
    });
  }

  private async setStatus(
    id: string,
    change: 'suspend' | 'activate',
    options: CoderCallOptions,
  ) {
    const { data } = await this.http.request({
      ...options,
      method: 'PUT',
      path: `/api/v2/users/${encodeURIComponent(id)}/status/${change}`,
      action: `${change} the user ${id}`,
      expect: userSchema,
    });
    return data;
  }
}

function absentIfNotFound(error: unknown): undefined {
  if (isServiceError(error, 'not-found')) return undefined;
  throw error;
}
