import { sameEmail } from '@formulary/service-client-node';
import { z } from 'zod';
import { GiteaCalls } from './GiteaCalls';
import { GiteaCallOptions, GiteaUser, NewGiteaUser, userSchema } from './types';

const usersSchema = z.array(userSchema);
const organizationsSchema = z.array(z.object({ name: z.string() }));
const searchSchema = z.object({ data: z.array(userSchema) });

/** `MAX_RESPONSE_ITEMS` of `modules/setting/api.go`. */
const PAGE_SIZE = 50;

/**
 * Users, with an administrator's rights.
 *
 * @public
 */
export class GiteaUsers {
  constructor(
    private readonly calls: GiteaCalls,
    private readonly oauthSourceId: number,
  ) {}

  /** The token's own user. */
  async me(options?: GiteaCallOptions): Promise<GiteaUser> {
    return this.calls.send({
      method: 'GET',
      path: '/user',
      expect: userSchema,
      action: 'tell whose token it is',
      ...options,
    });
  }

  /**
   * The user whom a log-in with this subject lands on: same login source and
   * same login name (`SearchUsers` of `routers/api/v1/admin/user.go` filters by both).
   */
  async bySubject(
    subject: string,
    options?: GiteaCallOptions,
  ): Promise<GiteaUser | undefined> {
    const users = await this.calls.send({
      method: 'GET',
      path: '/admin/users',
      query: { source_id: this.oauthSourceId, login_name: subject, limit: 2 },
      expect: usersSchema,
      action: 'look up a user by the identity',
      ...options,
    });
    // A server that ignores the filters would answer strangers.
    return users.find(user => user.login_name === subject);
  }

  /** A page of all users, by name; pages count from 1, and one after the last is empty. */
  async list(page: number, options?: GiteaCallOptions): Promise<GiteaUser[]> {
    return this.calls.send({
      method: 'GET',
      path: '/admin/users',
      query: { page, limit: PAGE_SIZE },
      expect: usersSchema,
      action: 'list its users',
      ...options,
    });
  }

  /** The user of a name, in any case of letters. */
  async byName(
    name: string,
    options?: GiteaCallOptions,
  ): Promise<GiteaUser | undefined> {
    return this.calls.find({
      method: 'GET',
      path: `/users/${encodeURIComponent(name)}`,
      expect: userSchema,
      action: `look up the user ${name}`,
      ...options,
    });
  }

  /** The user of an e-mail address. */
  async byEmail(
    email: string,
    options?: GiteaCallOptions,
  ): Promise<GiteaUser | undefined> {
    // The search finds parts of names and addresses, so every page is compared.
    for (let page = 1; ; page += 1) {
      const { data } = await this.calls.send({
        method: 'GET',
        path: '/users/search',
        query: { q: email, page, limit: PAGE_SIZE },
        expect: searchSchema,
        action: `look up the user with the e-mail ${email}`,
        ...options,
      });
      const match = data.find(user => sameEmail(user.email, email));
      if (match || data.length < PAGE_SIZE) return match;
    }
  }

  /**
   * Makes a user whose first log-in through the OAuth2 source lands on it.
   *
   * @throws ServiceError of kind `validation` or `conflict` when name or e-mail are taken or refused: Gitea
   *   answers both with 422, newer versions perhaps with 409, so look again instead of reading the message
   */
  async create(
    user: NewGiteaUser,
    options?: GiteaCallOptions,
  ): Promise<GiteaUser> {
    return this.calls.send({
      method: 'POST',
      path: '/admin/users',
      json: {
        username: user.username,
        email: user.email,
        full_name: user.fullName.slice(0, 100),
        source_id: this.oauthSourceId,
        login_name: user.subject,
        // The default, true, would ask for a password that there is not.
        must_change_password: false,
        send_notify: false,
      },
      expect: userSchema,
      action: `create the user ${user.username}`,
      ...options,
    });
  }

  /**
   * Changes a user and links it to a subject. Both parts of the link are always
   * sent: Gitea blanks a login name that is left out.
   */
  async edit(
    user: GiteaUser,
    subject: string,
    changes: { email?: string; fullName?: string; prohibitLogin?: boolean },
    options?: GiteaCallOptions,
  ): Promise<GiteaUser> {
    return this.calls.send({
      method: 'PATCH',
      path: `/admin/users/${encodeURIComponent(user.login)}`,
      json: {
        source_id: this.oauthSourceId,
        login_name: subject,
        email: changes.email,
        full_name: changes.fullName?.slice(0, 100),
        prohibit_login: changes.prohibitLogin,
      },
      expect: userSchema,
      action: `change the user ${user.login}`,
      ...options,
    });
  }

  /** Keeps a user out and leaves the link as it is, whatever login source it names. */
  async prohibitLogin(
    user: GiteaUser,
    options?: GiteaCallOptions,
  ): Promise<void> {
    await this.calls.send({
      method: 'PATCH',
      path: `/admin/users/${encodeURIComponent(user.login)}`,
      json: {
        // 0 leaves the source as it is (`EditUser` of `routers/api/v1/admin/user.go`).
        source_id: user.source_id ?? 0,
        login_name: user.login_name,
        prohibit_login: true,
      },
      expect: userSchema,
      action: `keep the user ${user.login} from logging in`,
      ...options,
    });
  }

  /** Names of the organisations that a user is a member of. */
  async organizations(
    user: GiteaUser,
    options?: GiteaCallOptions,
  ): Promise<string[]> {
    const names: string[] = [];
    for (let page = 1; ; page += 1) {
      const found = await this.calls.send({
        method: 'GET',
        path: `/users/${encodeURIComponent(user.login)}/orgs`,
        query: { page, limit: PAGE_SIZE },
        expect: organizationsSchema,
        action: `list the organisations of ${user.login}`,
        ...options,
      });
      names.push(...found.map(({ name }) => name));
      if (found.length < PAGE_SIZE) return names;
    }
  }

  /** Takes a user out of every team of an organisation, and so out of it. */
  async leaveOrganization(
    user: GiteaUser,
    organization: string,
    options?: GiteaCallOptions,
  ): Promise<void> {
    await this.calls.send({
      method: 'DELETE',
      path: `/orgs/${encodeURIComponent(
        organization,
      )}/members/${encodeURIComponent(user.login)}`,
      action: `take ${user.login} out of the organisation ${organization}`,
      ...options,
    });
  }

  /**
   * Deletes a user.
   *
   * @throws ServiceError of kind `validation` while the user owns repositories or
   *   packages, or is a member of an organisation
   */
  async delete(user: GiteaUser, options?: GiteaCallOptions): Promise<void> {
    await this.calls.send({
      method: 'DELETE',
      path: `/admin/users/${encodeURIComponent(user.login)}`,
      action: `delete the user ${user.login}`,
      ...options,
    });
  }
}
