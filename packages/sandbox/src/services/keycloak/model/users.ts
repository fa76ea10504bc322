import { randomUUID } from 'node:crypto';
import { Collection, Store } from '../../../core/store';
import { UserRow } from './rows';

/** What a new user is made of; the rest has defaults. */
export type NewUser = Pick<UserRow, 'username'> & Partial<Omit<UserRow, 'id'>>;

/** Attribute that gives everybody the number that Mattermost's GitLab log-in needs. */
export const MATTERMOST_ID = 'mattermostId';

/** Realm role that everybody has. */
export const DEFAULT_ROLE = 'default-roles-formulary';

/** The users of the realm. */
export class Users {
  private readonly rows: Collection<UserRow>;
  private readonly nextMattermostId: () => number;

  constructor(store: Store) {
    this.rows = store.collection<UserRow>('users', {
      username: user => user.username,
      email: user => user.email,
      mattermostId: user => user.attributes[MATTERMOST_ID]?.[0],
    });
    this.nextMattermostId = store.sequence(MATTERMOST_ID);
  }

  get(id: string): UserRow | undefined {
    return this.rows.get(id);
  }

  all(): UserRow[] {
    return this.rows.all();
  }

  byUsername(username: string): UserRow | undefined {
    return this.rows.find('username', username.toLowerCase());
  }

  byEmail(email: string): UserRow | undefined {
    return this.rows.find('email', email.toLowerCase());
  }

  /** The user that somebody means who types a username or an e-mail address. */
  byLogin(login: string): UserRow | undefined {
    const text = login.trim();
    return this.byUsername(text) ?? this.byEmail(text);
  }

  /** @throws UniqueViolation naming `username` or `email` */
  create(user: NewUser): UserRow {
    return this.save({
      emailVerified: false,
      enabled: true,
      createdTimestamp: Date.now(),
      requiredActions: [],
      realmRoles: [DEFAULT_ROLE],
      groups: [],
      organizations: [],
      ...user,
      attributes: {
        ...user.attributes,
        [MATTERMOST_ID]: [String(this.nextMattermostId())],
      },
      id: randomUUID(),
    });
  }

  /** @throws UniqueViolation naming `username` or `email` */
  save(user: UserRow): UserRow {
    return this.rows.put({
      ...user,
      username: user.username.trim().toLowerCase(),
      email: user.email?.trim().toLowerCase() || undefined,
    });
  }

  delete(id: string): void {
    this.rows.delete(id);
  }

  /** The members of a group, not of those below it. */
  inGroup(groupId: string): UserRow[] {
    return this.rows.filter(user => user.groups.includes(groupId));
  }

  /** The members of an organisation. */
  inOrganization(organizationId: string): UserRow[] {
    return this.rows.filter(user =>
      user.organizations.includes(organizationId),
    );
  }
}
