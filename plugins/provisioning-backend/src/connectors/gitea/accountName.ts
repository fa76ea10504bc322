import { Person } from '@formulary/plugin-provisioning-common';
import { identityHash, transliterate } from '../naming';

/** Longest name (binding of `modules/structs/admin_user.go`). */
const MAX_LENGTH = 40;
const HASH_LENGTH = 6;

/** `modules/validation/helpers.go`. */
const ALLOWED = /^[\da-zA-Z][-.\w]*$/;
const FORBIDDEN = /[-._]{2,}|[-._]$/;

/** Reserved names of `models/user/user.go`, of older versions too. */
const RESERVED = new Set(
  `admin api assets attachments avatar avatars captcha commits debug devtest error explore favicon.ico ghost
   gitea-actions help install issues less login manifest.json metrics milestones new notifications org plugins pulls
   raw repo repo-avatars robots.txt search serviceworker.js sitemap.xml ssh_info stars swagger.v1.json template user
   v2`.split(/\s+/),
);
const RESERVED_PATTERN = /\.(keys|gpg|rss|atom|png)$/;

/**
 * The names that a person's account gets, the preferred one first.
 *
 * A username that Gitea accepts is kept; otherwise it is rewritten and marked
 * with a short hash of the identity. The last of the names always has the hash:
 * it is for when the preferred one is somebody else's.
 */
export function accountNames(person: Person): string[] {
  const wanted = person.username;
  const clean = transliterate(wanted)
    .replace(/[^\da-zA-Z\-._]+/g, '-')
    .replace(/([-._])[-._]+/g, '$1')
    .replace(/^[-._]+|[-._]+$/g, '');
  const base = clean
    .slice(0, MAX_LENGTH - HASH_LENGTH - 1)
    .replace(/[-._]+$/, '');
  const marked = `${base || 'user'}-${identityHash(person, HASH_LENGTH)}`;
  const fits =
    wanted.length <= MAX_LENGTH &&
    ALLOWED.test(wanted) &&
    !FORBIDDEN.test(wanted) &&
    !RESERVED.has(wanted.toLowerCase()) &&
    !RESERVED_PATTERN.test(wanted.toLowerCase());
  return fits ? [wanted, marked] : [marked];
}
