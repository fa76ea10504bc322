/**
 * Names that a user or organisation can't have; Gitea's `models/user/user.go`
 * (the list differs a little from version to version).
 */
const RESERVED = new Set(
  `. .. - .well-known admin api assets attachments avatar avatars repo-avatars captcha devtest explore favicon.ico
   ghost gitea-actions issues login manifest.json metrics milestones notifications org pulls repo robots.txt
   sitemap.xml ssh_info swagger.v1.json user v2`.split(/\s+/),
);
const RESERVED_PATTERN = /\.(keys|gpg|rss|atom|png)$/;
const RESERVED_REPOSITORIES = new Set(['.', '..', '-']);
const RESERVED_REPOSITORY_PATTERN = /\.(git|wiki|rss|atom)$/;

/** What is wrong with a user or organisation name, if anything (`modules/validation/helpers.go`). */
export function accountNameProblem(name: string): string | undefined {
  if (name.length > 40) return '[Username]: MaxSize';
  if (!/^[\da-zA-Z][-.\w]*$/.test(name) || /[-._]{2,}|[-._]$/.test(name)) {
    return '[Username]: invalid username';
  }
  if (RESERVED.has(name.toLowerCase()))
    return `name is reserved [name: ${name}]`;
  const pattern = name.toLowerCase().match(RESERVED_PATTERN);
  if (pattern) return `name pattern is not allowed [pattern: *.${pattern[1]}]`;
  return undefined;
}

/** What is wrong with a repository name, if anything (binding `AlphaDashDot;MaxSize(100)`). */
export function repositoryNameProblem(name: string): string | undefined {
  if (name.length === 0) return '[Name]: Required';
  if (name.length > 100) return '[Name]: MaxSize';
  if (!/^[-.\w]+$/.test(name)) return '[Name]: AlphaDashDot';
  if (RESERVED_REPOSITORIES.has(name))
    return `name is reserved [name: ${name}]`;
  const pattern = name.toLowerCase().match(RESERVED_REPOSITORY_PATTERN);
  if (pattern) return `name pattern is not allowed [pattern: *.${pattern[1]}]`;
  return undefined;
}
