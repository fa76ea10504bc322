import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Collection, Store } from '../../../core/store';
import { GitStore } from './git';
import { Logins } from './Logins';
import { AccountRow, RepositoryRow, TeamRow } from './rows';

/** Name of the one OAuth2 login source. */
export const LOGIN_SOURCE = 'keycloak';

/** State of the stand-in. */
export class Gitea {
  readonly accounts: Collection<AccountRow>;
  readonly teams: Collection<TeamRow>;
  readonly repositories: Collection<RepositoryRow>;
  readonly git: GitStore;
  readonly logins: Logins;
  private readonly nextNumber: () => number;

  constructor(
    store: Store,
    /** Number of the OAuth2 login source. */
    readonly oauthSourceId: number,
  ) {
    const lower = (text: string) => text.toLowerCase();
    this.accounts = store.collection<AccountRow>('accounts', {
      login: row => lower(row.login),
      email: row => (row.email ? lower(row.email) : undefined),
      number: row => String(row.number),
    });
    this.teams = store.collection<TeamRow>('teams', {
      name: row => `${row.organizationId}/${lower(row.name)}`,
      number: row => String(row.number),
    });
    this.repositories = store.collection<RepositoryRow>('repositories', {
      name: row => `${row.ownerId}/${lower(row.name)}`,
    });
    this.git = new GitStore(join(store.directory, 'repositories'));
    this.nextNumber = store.sequence('numbers');
    this.logins = new Logins(store, this.accounts, this.nextNumber);
  }

  /** An account by login, in any case of letters. */
  account(login: string, kind?: AccountRow['kind']): AccountRow | undefined {
    const account = this.accounts.find('login', login.toLowerCase());
    return kind === undefined || account?.kind === kind ? account : undefined;
  }

  /** Makes an account; uniqueness is the caller's to report. */
  addAccount(
    fields: Pick<AccountRow, 'kind' | 'login'> & Partial<AccountRow>,
  ): AccountRow {
    return this.accounts.put({
      fullName: '',
      email: '',
      isAdmin: false,
      active: true,
      prohibitLogin: false,
      restricted: false,
      sourceId: 0,
      loginName: '',
      visibility: 'public',
      created: new Date().toISOString(),
      ...fields,
      id: randomUUID(),
      number: this.nextNumber(),
    });
  }

  /** Makes an organisation with its team of owners. */
  addOrganization(
    fields: Partial<AccountRow> & { login: string },
    owner: AccountRow,
  ): AccountRow {
    const organization = this.addAccount({ ...fields, kind: 'organization' });
    this.addTeam(organization, {
      name: 'Owners',
      permission: 'owner',
      includesAllRepositories: true,
      memberIds: [owner.id],
    });
    return organization;
  }

  /** Removes an organisation with its teams; its repositories are the caller's to look at first. */
  removeOrganization(organization: AccountRow): void {
    for (const team of this.teamsOf(organization.id)) {
      this.teams.delete(team.id);
    }
    this.accounts.delete(organization.id);
  }

  /** Makes a team. */
  addTeam(
    organization: AccountRow,
    fields: Partial<TeamRow> & { name: string },
  ): TeamRow {
    return this.teams.put({
      description: '',
      permission: 'read',
      includesAllRepositories: false,
      memberIds: [],
      repositoryIds: [],
      ...fields,
      id: randomUUID(),
      number: this.nextNumber(),
      organizationId: organization.id,
    });
  }

  /** Teams of an organisation. */
  teamsOf(organizationId: string): TeamRow[] {
    return this.teams.filter(team => team.organizationId === organizationId);
  }

  /** Whether a user is in any team of an organisation: the only kind of membership there is. */
  isMember(organizationId: string, userId: string): boolean {
    return this.teamsOf(organizationId).some(team =>
      team.memberIds.includes(userId),
    );
  }

  /** A user's highest right in an organisation: 0 is none, 1 read, 2 write, 3 administer, 4 own. */
  authorizeLevel(organizationId: string, userId: string): number {
    const levels = ['none', 'read', 'write', 'admin', 'owner'];
    return Math.max(
      0,
      ...this.teamsOf(organizationId)
        .filter(team => team.memberIds.includes(userId))
        .map(team => levels.indexOf(team.permission)),
    );
  }

  /** Whether a user may make repositories in an organisation (`models/organization/org_user.go`, `CanCreateOrgRepo`). */
  mayCreateIn(organizationId: string, userId: string): boolean {
    return this.teamsOf(organizationId).some(
      team =>
        team.memberIds.includes(userId) &&
        (team.permission === 'owner' || team.canCreateRepositories),
    );
  }

  /** Makes a repository, on disk first. */
  async addRepository(
    owner: AccountRow,
    fields: Pick<
      RepositoryRow,
      'name' | 'description' | 'private' | 'template' | 'defaultBranch'
    >,
  ): Promise<RepositoryRow> {
    const id = randomUUID();
    await this.git.init(id, fields.defaultBranch);
    const now = new Date().toISOString();
    return this.repositories.put({
      ...fields,
      id,
      number: this.nextNumber(),
      ownerId: owner.id,
      topics: [],
      collaborators: {},
      branchProtections: [],
      created: now,
      updated: now,
    });
  }

  /** Notes that a repository has changed just now, if it is still there. */
  touch(id: string): void {
    const repository = this.repositories.get(id);
    if (!repository) return;
    const updated = new Date().toISOString();
    this.repositories.put({ ...repository, updated });
  }

  /** A repository by its path. */
  repository(owner: string, name: string): RepositoryRow | undefined {
    const account = this.account(owner);
    return (
      account &&
      this.repositories.find('name', `${account.id}/${name.toLowerCase()}`)
    );
  }

  /**
   * Whether somebody may see an account, and with it its public repositories:
   * `limited` ones when signed in, `private` ones as a member
   * (Gitea's `models/organization/org.go`, `HasOrgOrUserVisible`).
   */
  isVisible(account: AccountRow, viewer: AccountRow | undefined): boolean {
    if (account.visibility === 'public') return true;
    if (!viewer) return false;
    return (
      account.visibility === 'limited' ||
      viewer.isAdmin ||
      viewer.id === account.id ||
      this.isMember(account.id, viewer.id)
    );
  }

  /** What a user may do with a repository. */
  permission(
    repository: RepositoryRow,
    user: AccountRow | undefined,
  ): 'none' | 'read' | 'write' | 'admin' {
    if (user?.isAdmin || user?.id === repository.ownerId) return 'admin';
    const ranks = ['none', 'read', 'write', 'admin'] as const;
    const owner = this.accounts.get(repository.ownerId)!;
    let rank = !repository.private && this.isVisible(owner, user) ? 1 : 0;
    if (user) {
      const given = repository.collaborators[user.id];
      if (given) rank = Math.max(rank, ranks.indexOf(given));
      for (const team of this.teamsOf(repository.ownerId)) {
        const covers =
          team.includesAllRepositories ||
          team.repositoryIds.includes(repository.id);
        if (covers && team.memberIds.includes(user.id)) {
          rank = Math.max(
            rank,
            team.permission === 'owner' ? 3 : ranks.indexOf(team.permission),
          );
        }
      }
    }
    return ranks[rank];
  }

  /** Removes an account and what is only its own: tokens, sessions, memberships. */
  removeAccount(account: AccountRow): void {
    this.leaveTeams(account.id, () => true);
    this.logins.removeAll(account.id);
    this.accounts.delete(account.id);
  }

  /** Takes a user out of the teams that satisfy a condition. */
  leaveTeams(userId: string, condition: (team: TeamRow) => boolean): void {
    for (const team of this.teams.filter(
      row => row.memberIds.includes(userId) && condition(row),
    )) {
      this.teams.put({
        ...team,
        memberIds: team.memberIds.filter(id => id !== userId),
      });
    }
  }
}
