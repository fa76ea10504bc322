import { NameRules } from '../naming';

/** `restrictedUsernames` of `server/public/model/user.go`. */
const RESERVED = new Set(['all', 'channel', 'here', 'matterbot', 'system']);

/**
 * Mattermost's rules for usernames: lower-case letters, digits, `.`, `-` and
 * `_` (`IsValidUsername` of the same file). One that starts or ends with a
 * sign is not kept: in a message it can't be mentioned.
 */
export const mattermostNameRules: NameRules = {
  maxLength: 64,
  separators: '._',
  lowerCase: true,
  accepts: name =>
    /^[a-z0-9]([a-z0-9._-]*[a-z0-9])?$/.test(name) && !RESERVED.has(name),
};
