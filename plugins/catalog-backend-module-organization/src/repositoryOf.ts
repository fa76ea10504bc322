/**
 * What stands between a repository and a file of it, in the addresses of Gitea
 * (`/src/branch/…`), GitHub (`/blob/…`) and GitLab (`/-/blob/…`).
 */
const FILE =
  /^((?:\/[^/]+){2,}?)\/(?:src\/(?:branch|tag|commit)|(?:-\/)?(?:blob|tree|raw))\//;

/**
 * The repository that a file is in.
 *
 * @param url - address of a file
 * @returns its address with a slash at the end; undefined when that can not be told
 */
export function repositoryOf(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { origin, pathname } = new URL(url);
  const path = FILE.exec(pathname)?.[1];
  return path && `${origin}${path}/`;
}

/** Whether two files are of one repository; not when that can not be told. */
export function isOfSameRepository(url: string, other: string): boolean {
  const repository = repositoryOf(url);
  return repository !== undefined && repository === repositoryOf(other);
}
