import { NameRules } from '../naming';

/** `modules/validation/helpers.go`, `IsValidUsername`. */
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

/** Gitea's rules for usernames; 40 characters are the binding of `modules/structs/admin_user.go`. */
export const giteaNameRules: NameRules = {
  maxLength: 40,
  separators: '._',
  lowerCase: false,
  accepts: name =>
    ALLOWED.test(name) &&
    !FORBIDDEN.test(name) &&
    !RESERVED.has(name.toLowerCase()) &&
    !RESERVED_PATTERN.test(name.toLowerCase()),
};
