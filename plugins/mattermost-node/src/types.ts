import { z } from 'zod';

export const userSchema = z.object({
  id: z.string(),
  username: z.string(),
  email: z.string(),
  first_name: z.string(),
  last_name: z.string(),
  roles: z.string(),
  auth_service: z.string(),
  auth_data: z.string().nullish(),
  delete_at: z.number(),
  is_bot: z.boolean().optional(),
});

/**
 * An account, with the fields that Formulary reads.
 *
 * Whether its address is verified is not among them: Mattermost tells that to
 * nobody but the owner (`ClearNonProfileFields`, server/public/model/user.go).
 *
 * @public
 */
export type MattermostUser = z.infer<typeof userSchema>;

export const teamSchema = z.object({
  id: z.string(),
  name: z.string(),
  display_name: z.string(),
  type: z.enum(['O', 'I']),
  description: z.string().optional(),
  delete_at: z.number(),
});

/**
 * A team.
 *
 * @public
 */
export type MattermostTeam = z.infer<typeof teamSchema>;

export const channelSchema = z.object({
  id: z.string(),
  team_id: z.string(),
  name: z.string(),
  display_name: z.string(),
  type: z.enum(['O', 'P', 'D', 'G']),
  purpose: z.string(),
  /** Id of the account that made it; empty for those that every team has. */
  creator_id: z.string().optional(),
  /** Messages of people and bots; joining and leaving do not count. */
  total_msg_count: z.number().optional(),
  /** 0 unless the channel is archived. */
  delete_at: z.number(),
});

/**
 * A channel; `type` is O for public, P for private.
 *
 * @public
 */
export type MattermostChannel = z.infer<typeof channelSchema>;

export const teamMemberSchema = z.object({
  team_id: z.string(),
  user_id: z.string(),
  roles: z.string(),
  delete_at: z.number(),
});

/**
 * Somebody's place in a team; `delete_at` is not 0 for those who left.
 *
 * @public
 */
export type MattermostTeamMember = z.infer<typeof teamMemberSchema>;

export const channelMemberSchema = z.object({
  channel_id: z.string(),
  user_id: z.string(),
  roles: z.string(),
});

/**
 * Somebody's place in a channel.
 *
 * @public
 */
export type MattermostChannelMember = z.infer<typeof channelMemberSchema>;

export const postSchema = z.object({
  id: z.string(),
  channel_id: z.string(),
  user_id: z.string(),
  message: z.string(),
  create_at: z.number(),
  delete_at: z.number(),
  props: z.record(z.string(), z.unknown()).nullish(),
});

/**
 * A message in a channel.
 *
 * @public
 */
export type MattermostPost = z.infer<typeof postSchema>;

export const postListSchema = z.object({
  order: z.array(z.string()),
  posts: z.record(z.string(), postSchema),
});

export const clientConfigSchema = z.object({
  Version: z.string().optional(),
  EnableSignUpWithGitLab: z.string().optional(),
  EnableSignUpWithOpenId: z.string().optional(),
});

/**
 * What the server tells every client of itself; flags are the texts `true` and `false`.
 *
 * @public
 */
export type MattermostClientConfig = z.infer<typeof clientConfigSchema>;

/**
 * What a new account is made of.
 *
 * @public
 */
export interface NewMattermostUser {
  username: string;
  email: string;
  first_name?: string;
  last_name?: string;
  email_verified?: boolean;
  /** Identity to link the account to. Mattermost does not check the service: a wrong one is stored and nobody can log in. */
  auth?: MattermostAuth;
  /** Needed without `auth`, forbidden with it. */
  password?: string;
}

/**
 * The link of an account to an identity provider.
 *
 * @public
 */
export interface MattermostAuth {
  auth_service: 'openid' | 'gitlab';
  auth_data: string;
}

/**
 * What every call takes besides its own input.
 *
 * @public
 */
export interface MattermostCallOptions {
  signal?: AbortSignal;
}
