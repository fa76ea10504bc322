import { Gitea } from '../model';
import { AccountRow, RepositoryRow, TeamRow } from '../model/rows';

/** JSON of a user; login name and source are for administrators (Gitea pull request 29718). */
export function userShape(user: AccountRow, url: string, viewer?: AccountRow) {
  const full = viewer?.isAdmin || viewer?.id === user.id;
  return {
    id: user.number,
    login: user.login,
    login_name: full ? user.loginName : '',
    source_id: full ? user.sourceId : 0,
    full_name: user.fullName,
    // Anybody who is signed in sees addresses, as nobody here hides theirs.
    email: viewer ? user.email : `${user.login}@noreply.localhost`,
    avatar_url: '',
    html_url: `${url}/${user.login}`,
    language: '',
    is_admin: full ? user.isAdmin : false,
    last_login: user.lastLogin ?? '1970-01-01T00:00:00Z',
    created: user.created,
    restricted: full ? user.restricted : false,
    active: full ? user.active : false,
    prohibit_login: full ? user.prohibitLogin : false,
    visibility: user.visibility,
    username: user.login,
  };
}

/** JSON of an organisation. */
export function organizationShape(organization: AccountRow) {
  return {
    id: organization.number,
    name: organization.login,
    full_name: organization.fullName,
    email: organization.email,
    visibility: organization.visibility,
    repo_admin_change_team_access: false,
    username: organization.login,
  };
}

/** JSON of a team. */
export function teamShape(team: TeamRow) {
  return {
    id: team.number,
    name: team.name,
    description: team.description,
    organization: null,
    includes_all_repositories: team.includesAllRepositories,
    permission: team.permission,
    can_create_org_repo:
      team.permission === 'owner' || (team.canCreateRepositories ?? false),
  };
}

/** JSON of a repository. */
export async function repositoryShape(
  gitea: Gitea,
  repository: RepositoryRow,
  url: string,
  viewer?: AccountRow,
) {
  const owner = gitea.accounts.get(repository.ownerId)!;
  const permission = gitea.permission(repository, viewer);
  return {
    id: repository.number,
    owner: userShape(owner, url, viewer),
    name: repository.name,
    full_name: `${owner.login}/${repository.name}`,
    description: repository.description,
    empty: (await gitea.git.branches(repository.id)).length === 0,
    private: repository.private,
    fork: false,
    template: repository.template,
    html_url: `${url}/${owner.login}/${repository.name}`,
    clone_url: `${url}/${owner.login}/${repository.name}.git`,
    default_branch: repository.defaultBranch,
    archived: false,
    created_at: repository.created,
    updated_at: repository.updated,
    topics: repository.topics,
    permissions: {
      admin: permission === 'admin',
      push: permission === 'admin' || permission === 'write',
      pull: permission !== 'none',
    },
  };
}
