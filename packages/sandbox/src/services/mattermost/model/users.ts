import { createHash } from 'node:crypto';
import { z } from 'zod';
import { UniqueViolation } from '../../../core/store';
import { AppError, invalidBody } from '../app-error';
import { newId } from './ids';
import { UserRow } from './rows';
import { MattermostState } from './state';
import { checkUser } from './user-rules';

const text = z.string().default('');

const createSchema = z.object({
  id: text,
  username: text,
  email: text,
  password: text,
  auth_service: text,
  auth_data: z.string().nullish(),
  email_verified: z.boolean().default(false),
  nickname: text,
  first_name: text,
  last_name: text,
  position: text,
  locale: text,
  props: z.record(z.string(), z.string()).nullish(),
});

const patchSchema = z.object({
  username: z.string().optional(),
  email: z.string().optional(),
  nickname: z.string().optional(),
  first_name: z.string().optional(),
  last_name: z.string().optional(),
  position: z.string().optional(),
  locale: z.string().optional(),
  props: z.record(z.string(), z.string()).optional(),
});

const authSchema = z.object({
  auth_data: text,
  auth_service: text,
});

/** Services whose accounts log in through OAuth (`User.IsOAuthUser`). */
const OAUTH_SERVICES = ['gitlab', 'google', 'office365', 'openid'];

/** Accounts: creation, look-up, change. */
export class Users {
  constructor(
    private readonly state: MattermostState,
    private readonly now: () => number,
  ) {}

  /** @throws AppError 404 when there is no such account */
  get(id: string): UserRow {
    return found(this.state.users.get(id));
  }

  /** The account of this name, whatever its case. */
  byUsername(username: string): UserRow | undefined {
    return this.state.users.find('username', username.toLowerCase());
  }

  /** The account of this address, whatever its case. */
  byEmail(email: string): UserRow | undefined {
    return this.state.users.find('email', email.toLowerCase());
  }

  /** The account of an identity (`GetUserByAuth`). */
  byAuth(data: string, service: string): UserRow | undefined {
    const user = this.state.users.find('auth_data', data);
    return user?.auth_service === service ? user : undefined;
  }

  /** `CreateUserAsAdmin`, and with `asAdmin` false what is left of the input after `SanitizeInput`. */
  create(body: unknown, asAdmin: boolean): UserRow {
    const input = createSchema.safeParse(body);
    if (!input.success) throw invalidBody('user');
    const data = input.data;
    if (data.id !== '') {
      throw new AppError('app.user.save.existing.app_error', 400);
    }
    if (!asAdmin) {
      data.auth_service = '';
      data.auth_data = '';
      data.email_verified = false;
    }
    // An auth_service that the server does not know is stored as it is: there is no such check.
    const isLocal = data.auth_service === '';
    if (isLocal && data.password.length < 8) {
      throw new AppError('model.user.is_valid.pwd_min_length.app_error', 400, {
        Min: 8,
      });
    }
    const now = this.now();
    return this.save(
      {
        id: newId(),
        create_at: now,
        update_at: now,
        delete_at: 0,
        username: (data.username || `a${newId()}`).toLowerCase(),
        auth_data: data.auth_data || undefined,
        auth_service: data.auth_service,
        password_hash: hash(data.password),
        email: data.email.trim().toLowerCase(),
        email_verified: data.email_verified,
        nickname: data.nickname,
        first_name: data.first_name,
        last_name: data.last_name,
        position: data.position,
        roles: 'system_user',
        locale: data.locale || 'en',
        props: data.props ?? {},
        is_bot: false,
        bot_description: '',
        bot_owner_id: '',
        last_login: 0,
      },
      data.password !== '',
    );
  }

  /** Writes a new account with the server's answers to what is wrong with it. */
  save(user: UserRow, hasPassword = false): UserRow {
    checkUser(user, hasPassword);
    try {
      return this.state.users.put(user);
    } catch (error) {
      if (!(error instanceof UniqueViolation)) throw error;
      // createUserOrGuest in server/channels/app/user.go: only e-mail and
      // username are told apart, a duplicate auth_data ends in the default.
      if (error.index === 'auth_data') {
        throw new AppError('app.user.save.app_error', 500);
      }
      throw new AppError(`app.user.save.${error.index}_exists.app_error`, 400);
    }
  }

  /** `PUT /users/{id}/patch`; what the login provider owns can't be changed (`CheckProviderAttributes`). */
  patch(user: UserRow, body: unknown): UserRow {
    const input = patchSchema.safeParse(body);
    if (!input.success) throw invalidBody('user');
    const patch = input.data;
    const changes = (field: 'username' | 'first_name' | 'last_name') =>
      patch[field] !== undefined && patch[field] !== user[field];
    const ownedField =
      (user.auth_service !== '' && changes('username') && 'username') ||
      (OAUTH_SERVICES.includes(user.auth_service) &&
        (changes('first_name') || changes('last_name')) &&
        'full name');
    if (ownedField) {
      throw new AppError(
        'api.user.patch_user.login_provider_attribute_set.app_error',
        409,
        { Field: ownedField },
      );
    }
    return this.update({
      ...user,
      ...patch,
      username: (patch.username ?? user.username).toLowerCase(),
      email: (patch.email ?? user.email).trim().toLowerCase(),
    });
  }

  /** `PUT /users/{id}/auth`: sets the identity and wipes the password; does not check the service. */
  setAuth(id: string, body: unknown) {
    const input = authSchema.safeParse(body);
    if (!input.success) throw invalidBody('user');
    const { auth_data: authData, auth_service: authService } = input.data;
    if (!authData || !authService) {
      throw new AppError('api.user.update_user_auth.invalid_request', 400);
    }
    const user = this.state.users.get(id);
    // The server runs an UPDATE and does not look whether it hit a row.
    if (user) {
      try {
        this.state.users.put({
          ...user,
          auth_data: authData,
          auth_service: authService,
          password_hash: '',
          update_at: this.now(),
        });
      } catch (error) {
        if (!(error instanceof UniqueViolation)) throw error;
        throw new AppError(
          'app.user.update_auth_data.email_exists.app_error',
          400,
        );
      }
    }
    return { auth_data: authData, auth_service: authService };
  }

  /** Activates or deactivates; a deactivated account loses its sessions (`UpdateActive`). */
  setActive(user: UserRow, active: boolean): UserRow {
    if (!active) this.revokeSessions(user.id);
    return this.update({ ...user, delete_at: active ? 0 : this.now() });
  }

  /** Ends every browser session of an account. */
  revokeSessions(userId: string): void {
    for (const session of this.state.sessions.filter(
      ({ user_id: owner }) => owner === userId,
    )) {
      this.state.sessions.delete(session.id);
    }
  }

  /** Removes an account for good, with all that hangs on it. */
  deletePermanently(user: UserRow): void {
    this.revokeSessions(user.id);
    const { teamMembers, channelMembers, posts, tokens, users } = this.state;
    for (const collection of [teamMembers, channelMembers, posts, tokens]) {
      for (const row of collection.all()) {
        if (row.user_id === user.id) collection.delete(row.id);
      }
    }
    users.delete(user.id);
  }

  /** Writes a changed account. */
  update(user: UserRow): UserRow {
    checkUser(user, false);
    try {
      return this.state.users.put({ ...user, update_at: this.now() });
    } catch (error) {
      if (!(error instanceof UniqueViolation)) throw error;
      throw new AppError('app.user.update.find.app_error', 400);
    }
  }
}

/** @throws AppError 404 when there is no account */
export function found(user: UserRow | undefined): UserRow {
  if (!user) throw new AppError('app.user.missing_account.const', 404);
  return user;
}

function hash(password: string) {
  return password && createHash('sha256').update(password).digest('hex');
}
