import { Row } from '../../../core/store';

/** An account (server/public/model/user.go). */
export interface UserRow extends Row {
  create_at: number;
  update_at: number;
  /** 0 while the account is active. */
  delete_at: number;
  username: string;
  auth_data?: string;
  auth_service: string;
  /** A local account's password, hashed; empty for single sign-on. */
  password_hash: string;
  email: string;
  email_verified: boolean;
  nickname: string;
  first_name: string;
  last_name: string;
  position: string;
  /** System roles, separated by spaces. */
  roles: string;
  locale: string;
  props: Record<string, string>;
  is_bot: boolean;
  bot_description: string;
  bot_owner_id: string;
  last_login: number;
}

/** A team (server/public/model/team.go). */
export interface TeamRow extends Row {
  create_at: number;
  update_at: number;
  delete_at: number;
  display_name: string;
  name: string;
  description: string;
  email: string;
  type: 'O' | 'I';
  invite_id: string;
  allow_open_invite: boolean;
}

/** Somebody's place in a team; the id is `<team>:<user>`. */
export interface TeamMemberRow extends Row {
  team_id: string;
  user_id: string;
  scheme_admin: boolean;
  create_at: number;
}

/** A channel (server/public/model/channel.go). */
export interface ChannelRow extends Row {
  create_at: number;
  update_at: number;
  delete_at: number;
  team_id: string;
  type: 'O' | 'P';
  display_name: string;
  name: string;
  header: string;
  purpose: string;
  creator_id: string;
  last_post_at: number;
  total_msg_count: number;
}

/** Somebody's place in a channel; the id is `<channel>:<user>`. */
export interface ChannelMemberRow extends Row {
  channel_id: string;
  user_id: string;
  scheme_admin: boolean;
  last_update_at: number;
}

/** A message (server/public/model/post.go). */
export interface PostRow extends Row {
  create_at: number;
  update_at: number;
  delete_at: number;
  user_id: string;
  channel_id: string;
  root_id: string;
  message: string;
  type: string;
  props: Record<string, unknown>;
}

/** An access token (server/public/model/user_access_token.go). */
export interface TokenRow extends Row {
  token: string;
  user_id: string;
  description: string;
  is_active: boolean;
}

/** A browser's session; the id is what the cookie holds. */
export interface SessionRow extends Row {
  user_id: string;
  create_at: number;
}

/** The part of the server's configuration that the stand-in honours. */
export interface SettingsRow extends Row {
  TeamSettings: { EnableUserCreation: boolean; MaxUsersPerTeam: number };
  ServiceSettings: { EnableAPIUserDeletion: boolean };
  OpenIdSettings: { Enable: boolean };
  GitLabSettings: { Enable: boolean };
  RateLimitSettings: { Enable: boolean; PerSec: number; MaxBurst: number };
}
