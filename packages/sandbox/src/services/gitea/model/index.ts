import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Collection, Store } from '../../../core/store';
import { GitStore } from './git';
import {
  AccountRow,
  RepositoryRow,
  SessionRow,
  TeamRow,
  TokenRow,
} from './rows';

const SESSION_MS = 24 * 60 * 60 * 1000;

/** Name of the one OAuth2 login source. */
export const LOGIN_SOURCE = 'keycloak';

/** State of the stand-in. */
export class Gitea {
  readonly accounts: Collection<AccountRow>;
  readonly tokens: Collection<TokenRow>;
  readonly sessions: Collection<SessionRow>;
  readonly teams: Collection<TeamRow>;
  readonly repositories: Collection<RepositoryRow>;
  readonly git: GitStore;
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
    this.tokens = store.collection<TokenRow>('tokens', {
      digest: row => row.digest,
      name: row => `${row.userId}/${row.name}`,
    });
    this.sessions = store.collection<SessionRow>('sessions');
    this.teams = store.collection<TeamRow>('teams', {
      name: row => `${row.organizationId}/${lower(row.name)}`,
      number: row => String(row.number),
    });
    this.repositories = store.collection<RepositoryRow>('repositories', {
      name: row => `${row.ownerId}/${lower(row.name)}`,
    });
    this.git = new GitStore(join(store.directory, 'repositories'));
    this.nextNumber = store.sequence('numbers');
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

  /** A repository by its path. */
  repository(owner: string, name: string): RepositoryRow | undefined {
    const account = this.account(owner);
    return (
      account &&
      this.repositories.find('name', `${account.id}/${name.toLowerCase()}`)
    );
  }

  /** What a user may do with a repository. */
  permission(
    repository: RepositoryRow,
    user: AccountRow | undefined,
  ): 'none' | 'read' | 'write' | 'admin' {
    if (user?.isAdmin || user?.id === repository.ownerId) return 'admin';
    const ranks = ['none', 'read', 'write', 'admin'] as const;
    let rank: number = repository.private ? 0 : 1;
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

  /** Makes an access token and gives its text, which is kept nowhere. */
  addToken(
    user: AccountRow,
    name: string,
    scopes: string[],
    text = randomBytes(20).toString('hex'),
  ) {
    const row = this.tokens.put({
      id: randomUUID(),
      number: this.nextNumber(),
      userId: user.id,
      name,
      digest: digestOf(text),
      lastEight: text.slice(-8),
      scopes,
    });
    return { row, text };
  }

  /** The token row and the user of an access token's text. */
  byToken(text: string): { user: AccountRow; token: TokenRow } | undefined {
    const token = this.tokens.find('digest', digestOf(text));
    const user = token && this.accounts.get(token.userId);
    return token && user ? { user, token } : undefined;
  }

  /** Opens a browser session. */
  addSession(user: AccountRow): SessionRow {
    for (const old of this.sessions.filter(
      ({ expires }) => expires < Date.now(),
    )) {
      this.sessions.delete(old.id);
    }
    return this.sessions.put({
      id: randomBytes(16).toString('hex'),
      userId: user.id,
      csrf: randomBytes(16).toString('hex'),
      expires: Date.now() + SESSION_MS,
    });
  }

  /** The session of a cookie and its user, while both are good. */
  session(
    id: string | undefined,
  ): { session: SessionRow; user: AccountRow } | undefined {
    const session = id ? this.sessions.get(id) : undefined;
    const user = session && this.accounts.get(session.userId);
    if (!session || !user || session.expires < Date.now() || user.prohibitLogin)
      return undefined;
    return { session, user };
  }
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
