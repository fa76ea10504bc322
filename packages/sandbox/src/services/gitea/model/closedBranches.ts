import { AccountRow, RepositoryRow } from './rows';
import type { Gitea } from '.';

/**
 * The protected branches that a user may not push to, administrators included
 * (`models/git/protected_branch.go`, `CanUserPush`). Rules with wildcards are
 * not known here.
 */
export function closedBranches(
  gitea: Gitea,
  repository: RepositoryRow,
  user: AccountRow | undefined,
): string[] {
  const listed = (names: string[] = [], name: string) =>
    names.some(other => other.toLowerCase() === name.toLowerCase());
  const mayPush = (rule: RepositoryRow['branchProtections'][number]) => {
    if (!rule.enable_push || !user) return false;
    if (!rule.enable_push_whitelist) return true;
    return (
      listed(rule.push_whitelist_usernames, user.login) ||
      gitea
        .teamsOf(repository.ownerId)
        .some(
          team =>
            listed(rule.push_whitelist_teams, team.name) &&
            team.memberIds.includes(user.id),
        )
    );
  };
  return repository.branchProtections
    .filter(rule => !mayPush(rule))
    .map(rule => rule.rule_name);
}
