import { AppError } from '../app-error';
import { UserRow } from './rows';

const USERNAME = /^[a-z0-9.\-_]+$/;
const RESTRICTED = new Set(['all', 'channel', 'matterbot', 'system']);
/** Longest values, in characters (server/public/model/user.go). */
const LIMITS = {
  nickname: 64,
  position: 128,
  first_name: 64,
  last_name: 64,
} as const;

function invalid(field: string, user: UserRow, value: string) {
  return new AppError(
    `model.user.is_valid.${field}.app_error`,
    400,
    {},
    `user_id=${user.id} ${field}=${value}`,
  );
}

/**
 * What `User.IsValid` checks, in its order.
 *
 * @throws AppError 400 for the first rule that is broken
 */
export function checkUser(user: UserRow, hasPassword: boolean): void {
  if (
    user.username.length > 64 ||
    !USERNAME.test(user.username) ||
    RESTRICTED.has(user.username)
  ) {
    throw invalid('username', user, user.username);
  }
  if (user.email.length > 128 || !/^[^\s@<>]+@[^\s@<>]+$/.test(user.email)) {
    throw invalid('email', user, user.email);
  }
  for (const field of [
    'nickname',
    'position',
    'first_name',
    'last_name',
  ] as const) {
    if ([...user[field]].length > LIMITS[field]) {
      throw invalid(field, user, user[field]);
    }
  }
  if (!user.auth_data) return;
  if (user.auth_data.length > 128) {
    throw invalid('auth_data', user, user.auth_data);
  }
  if (user.auth_service === '') {
    throw invalid('auth_data_type', user, user.auth_data);
  }
  if (hasPassword) throw invalid('auth_data_pwd', user, user.auth_data);
}
