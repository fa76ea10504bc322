import { sameEmail } from '@formulary/service-client-node';
import { z } from 'zod';
import { MattermostCalls } from './MattermostCalls';
import {
  MattermostAuth,
  MattermostCallOptions,
  MattermostUser,
  NewMattermostUser,
  userSchema,
} from './types';

/** Accounts that one page of a list holds at most (server/channels/web/params.go). */
const PAGE_SIZE = 200;

const MISSING = ['app.user.missing_account.const'];

/**
 * Accounts.
 *
 * @public
 */
export class MattermostUsers {
  constructor(private readonly calls: MattermostCalls) {}

  /** The account that the token belongs to. */
  async me(options?: MattermostCallOptions): Promise<MattermostUser> {
    return this.calls.send({
      method: 'GET',
      path: '/users/me',
      expect: userSchema,
      action: 'say whose token is configured',
      ...options,
    });
  }

  /** The account of an id; deactivated ones are found, too. */
  async byId(
    id: string,
    options?: MattermostCallOptions,
  ): Promise<MattermostUser | undefined> {
    return this.calls.find(
      {
        method: 'GET',
        path: `/users/${encodeURIComponent(id)}`,
        expect: userSchema,
        action: `look up the user ${id}`,
        ...options,
      },
      MISSING,
    );
  }

  /** The account of a name; deactivated ones are found, too. */
  async byUsername(
    username: string,
    options?: MattermostCallOptions,
  ): Promise<MattermostUser | undefined> {
    return this.calls.find(
      {
        method: 'GET',
        path: `/users/username/${encodeURIComponent(username)}`,
        expect: userSchema,
        action: `look up the user ${username}`,
        ...options,
      },
      MISSING,
    );
  }

  /** The account of an e-mail address; deactivated ones are found, too. */
  async byEmail(
    email: string,
    options?: MattermostCallOptions,
  ): Promise<MattermostUser | undefined> {
    const user = await this.calls.find(
      {
        method: 'GET',
        path: `/users/email/${encodeURIComponent(email)}`,
        expect: userSchema,
        action: `look up the user with the e-mail ${email}`,
        ...options,
      },
      MISSING,
    );
    // The server lowers an address by Unicode's rules, which make strangers of some look alike.
    return user && sameEmail(user.email, email) ? user : undefined;
  }

  /** A page of all accounts, deactivated ones and bots too; pages count from 0, and one after the last is empty. */
  async list(
    page: number,
    options?: MattermostCallOptions,
  ): Promise<MattermostUser[]> {
    return this.calls.send({
      method: 'GET',
      path: '/users',
      query: { page, per_page: PAGE_SIZE },
      expect: z.array(userSchema),
      action: 'list its users',
      ...options,
    });
  }

  /** Every account, page by page: for rare look-ups that the API has no call for. */
  async *all(options?: MattermostCallOptions): AsyncGenerator<MattermostUser> {
    for (let page = 0; ; page += 1) {
      const users = await this.list(page, options);
      yield* users;
      if (users.length < PAGE_SIZE) return;
    }
  }

  /**
   * Makes an account, without a welcome mail.
   *
   * @throws ServiceError of kind `conflict` when name or address are taken; `code` says which
   */
  async create(
    { auth, ...user }: NewMattermostUser,
    options?: MattermostCallOptions,
  ): Promise<MattermostUser> {
    return this.calls.send({
      method: 'POST',
      path: '/users',
      json: { ...user, ...auth, disable_welcome_email: true },
      expect: userSchema,
      action: `create the user ${user.username}`,
      ...options,
    });
  }

  /** Links an account to an identity. Its password is wiped; sessions go on. */
  async setAuth(
    user: MattermostUser,
    auth: MattermostAuth,
    options?: MattermostCallOptions,
  ): Promise<void> {
    await this.calls.send({
      method: 'PUT',
      path: `/users/${user.id}/auth`,
      json: auth,
      action: `link the user ${user.username} to the identity provider`,
      ...options,
    });
  }

  /** Changes the address. Name fields of linked accounts belong to the identity provider. */
  async setEmail(
    user: MattermostUser,
    email: string,
    options?: MattermostCallOptions,
  ): Promise<MattermostUser> {
    return this.calls.send({
      method: 'PUT',
      path: `/users/${user.id}/patch`,
      json: { email },
      expect: userSchema,
      action: `change the e-mail of the user ${user.username}`,
      ...options,
    });
  }

  /** Ends every session of an account. */
  async revokeSessions(
    user: MattermostUser,
    options?: MattermostCallOptions,
  ): Promise<void> {
    await this.calls.send({
      method: 'POST',
      path: `/users/${user.id}/sessions/revoke/all`,
      // Ending sessions twice is the same as once.
      repeatable: true,
      action: `end the sessions of the user ${user.username}`,
      ...options,
    });
  }

  /** Sends the mail with which a person chooses a password; only for accounts that are not linked. */
  async sendPasswordReset(
    email: string,
    options?: MattermostCallOptions,
  ): Promise<void> {
    await this.calls.send({
      method: 'POST',
      path: '/users/password/reset/send',
      json: { email },
      action: `send a password mail to ${email}`,
      ...options,
    });
  }

  /** Deactivates an account and ends its sessions; nothing is deleted. */
  async deactivate(
    user: MattermostUser,
    options?: MattermostCallOptions,
  ): Promise<void> {
    await this.calls.send({
      method: 'DELETE',
      path: `/users/${user.id}`,
      action: `deactivate the user ${user.username}`,
      ...options,
    });
  }

  /** Activates a deactivated account. */
  async activate(
    user: MattermostUser,
    options?: MattermostCallOptions,
  ): Promise<void> {
    await this.calls.send({
      method: 'PUT',
      path: `/users/${user.id}/active`,
      json: { active: true },
      action: `activate the user ${user.username}`,
      ...options,
    });
  }

  /**
   * Deletes an account with everything that it wrote.
   *
   * @throws ServiceError of kind `forbidden` unless the server has `ServiceSettings.EnableAPIUserDeletion`
   */
  async deletePermanently(
    user: MattermostUser,
    options?: MattermostCallOptions,
  ): Promise<void> {
    await this.calls.send({
      method: 'DELETE',
      path: `/users/${user.id}`,
      query: { permanent: true },
      action: `delete the user ${user.username}`,
      ...options,
    });
  }
}
