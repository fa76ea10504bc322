/** Endings that Gitea keeps for itself (`models/repo/repo.go`, `reservedRepoPatterns`). */
const RESERVED_ENDING = /\.(git|wiki|rss|atom)$/i;

/** What is wrong with the name of a repository, if anything (`modules/structs/repo.go`: AlphaDashDot, at most 100). */
export function repositoryNameProblem(name: string): string | undefined {
  if (!/^[-.\w]{1,100}$/.test(name)) {
    return 'use 1 to 100 letters, digits, ".", "-" and "_"';
  }
  if (['.', '..', '-'].includes(name)) return 'Gitea reserves it';
  const [ending] = name.match(RESERVED_ENDING) ?? [];
  return ending && `Gitea reserves names that end in "${ending.toLowerCase()}"`;
}

/** What is wrong with the name of a branch, if anything: the rules of `git check-ref-format`, without its rare letters. */
export function branchNameProblem(name: string): string | undefined {
  const fits =
    /^\w[-./\w]{0,99}$/.test(name) &&
    !/\.\.|\/\/|\/\.|\.lock(\/|$)|[./]$/.test(name);
  return fits
    ? undefined
    : 'use letters, digits, "-", "_", "." and "/", with a letter or digit at its start and end';
}
