import { z } from 'zod';
import { invalidBody } from '../app-error';
import { newId } from './ids';
import { TokenRow, UserRow } from './rows';
import { MattermostState } from './state';
import { Users } from './users';

const botSchema = z.object({
  username: z.string().default(''),
  display_name: z.string().default(''),
  description: z.string().default(''),
});

const tokenSchema = z.object({ description: z.string().min(1).max(255) });

/** Bot accounts and access tokens. */
export class Bots {
  constructor(
    private readonly state: MattermostState,
    private readonly users: Users,
    private readonly now: () => number,
  ) {}

  /** `CreateBot`: a user `<username>@localhost` that can't log in (server/public/model/bot.go, `UserFromBot`). */
  create(body: unknown, ownerId: string, roles = 'system_user'): UserRow {
    const input = botSchema.safeParse(body);
    if (!input.success) throw invalidBody('bot');
    const now = this.now();
    const username = input.data.username.toLowerCase();
    return this.users.save({
      id: newId(),
      create_at: now,
      update_at: now,
      delete_at: 0,
      username,
      auth_service: '',
      password_hash: '',
      email: `${username}@localhost`,
      email_verified: false,
      nickname: '',
      first_name: input.data.display_name,
      last_name: '',
      position: '',
      roles,
      locale: 'en',
      props: {},
      is_bot: true,
      bot_description: input.data.description,
      bot_owner_id: ownerId,
      last_login: 0,
    });
  }

  all(): UserRow[] {
    return this.state.users.filter(user => user.is_bot);
  }

  /** Makes an access token; the answer of this call is the only one that shows it. */
  createToken(user: UserRow, body: unknown, token = newId()): TokenRow {
    const input = tokenSchema.safeParse(body);
    if (!input.success) throw invalidBody('description');
    return this.state.tokens.put({
      id: newId(),
      token,
      user_id: user.id,
      description: input.data.description,
      is_active: true,
    });
  }
}
