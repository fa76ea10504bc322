import { newId } from './ids';
import { UserRow } from './rows';
import { MattermostState } from './state';

/** Name of the session cookie (server/public/model/session.go, `SessionCookieToken`). */
export const SESSION_COOKIE = 'MMAUTHTOKEN';

/** Thirty days, the server's default for single sign-on. */
export const SESSION_MS = 30 * 24 * 3600 * 1000;

/** Who is calling: by an access token or by a browser's session. */
export class Sessions {
  constructor(
    private readonly state: MattermostState,
    private readonly now: () => number,
  ) {}

  /** Starts a browser session and answers its token. */
  begin(user: UserRow): string {
    const session = this.state.sessions.put({
      id: newId(),
      user_id: user.id,
      create_at: this.now(),
    });
    return session.id;
  }

  end(token: string): void {
    this.state.sessions.delete(token);
  }

  /** The active account of an access token or a session token. */
  user(token: string): UserRow | undefined {
    const access = this.state.tokens.find('token', token);
    const session = this.state.sessions.get(token);
    const owner =
      (access?.is_active && access.user_id) ||
      (session &&
        session.create_at + SESSION_MS > this.now() &&
        session.user_id);
    const user = owner ? this.state.users.get(owner) : undefined;
    return user?.delete_at === 0 ? user : undefined;
  }
}
