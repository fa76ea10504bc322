import { NameRules } from '../naming';

/** Coder's rules for usernames: letters, digits and single hyphens, and two names of its own (`codersdk/name.go`). */
export const coderNameRules: NameRules = {
  maxLength: 32,
  separators: '',
  lowerCase: false,
  accepts: name =>
    /^[a-zA-Z0-9]+(-[a-zA-Z0-9]+)*$/.test(name) &&
    !['new', 'create'].includes(name.toLowerCase()),
};
