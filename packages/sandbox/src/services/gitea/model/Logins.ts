import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { Collection, Store } from '../../../core/store';
import { AccountRow, SessionRow, TokenRow } from './rows';

const SESSION_MS = 24 * 60 * 60 * 1000;

/** Access tokens and browser sessions. */
export class Logins {
  private readonly tokens: Collection<TokenRow>;
  private readonly sessions: Collection<SessionRow>;

  constructor(
    store: Store,
    private readonly accounts: Collection<AccountRow>,
    private readonly nextNumber: () => number,
  ) {
    this.tokens = store.collection<TokenRow>('tokens', {
      digest: row => row.digest,
      name: row => `${row.userId}/${row.name}`,
    });
    this.sessions = store.collection<SessionRow>('sessions');
  }

  /**
   * Makes an access token and gives its text, which is kept nowhere.
   *
   * @throws UniqueViolation when the user has one of this name
   */
  addToken(
    user: AccountRow,
    name: string,
    scopes: string[],
    text = randomBytes(20).toString('hex'),
  ): { row: TokenRow; text: string } {
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

  /** A user's access tokens. */
  tokensOf(user: AccountRow): TokenRow[] {
    return this.tokens.filter(({ userId }) => userId === user.id);
  }

  /** The token row and the user of an access token's text. */
  byToken(text: string): { user: AccountRow; token: TokenRow } | undefined {
    const token = this.tokens.find('digest', digestOf(text));
    const user = token && this.accounts.get(token.userId);
    return token && user ? { user, token } : undefined;
  }

  /** Revokes an access token. */
  removeToken(token: TokenRow): void {
    this.tokens.delete(token.id);
  }

  /** Opens a browser session, and forgets those that are over. */
  openSession(user: AccountRow): SessionRow {
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
    const isGood =
      session && session.expires > Date.now() && user && !user.prohibitLogin;
    return isGood ? { session, user } : undefined;
  }

  /** Ends a browser session. */
  closeSession(session: SessionRow): void {
    this.sessions.delete(session.id);
  }

  /** Revokes whatever lets a user in. */
  removeAll(userId: string): void {
    for (const token of this.tokens.filter(row => row.userId === userId)) {
      this.tokens.delete(token.id);
    }
    for (const session of this.sessions.filter(row => row.userId === userId)) {
      this.sessions.delete(session.id);
    }
  }
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
