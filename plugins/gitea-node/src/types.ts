import { z } from 'zod';

/**
 * How long a call may take and who can end it.
 *
 * @public
 */
export interface GiteaCallOptions {
  signal?: AbortSignal;
}

export const versionSchema = z.object({ version: z.string() });

export const userSchema = z.object({
  id: z.number(),
  login: z.string(),
  full_name: z.string(),
  email: z.string(),
  is_admin: z.boolean().default(false),
  active: z.boolean().default(true),
  prohibit_login: z.boolean().default(false),
  login_name: z.string().default(''),
  // Only newer servers tell it (go-gitea/gitea pull request 29718).
  source_id: z.number().optional(),
  // Told to administrators; 1970 of those who never were there (`services/convert/user.go`).
  last_login: z.string().optional(),
});

/** @public */
export type GiteaUser = z.infer<typeof userSchema>;

export const repositorySchema = z.object({
  id: z.number(),
  name: z.string(),
  full_name: z.string(),
  owner: z.object({ login: z.string() }),
  private: z.boolean(),
  empty: z.boolean(),
  default_branch: z.string(),
  html_url: z.string(),
  clone_url: z.string(),
});

/** @public */
export type GiteaRepository = z.infer<typeof repositorySchema>;

export const branchSchema = z.object({
  name: z.string(),
  commit: z.object({ id: z.string() }),
});

/** @public */
export type GiteaBranch = z.infer<typeof branchSchema>;

/** @public */
export interface NewGiteaUser {
  username: string;
  email: string;
  fullName: string;
  /** The identity provider's `sub` claim: what the OAuth2 log-in compares. */
  subject: string;
}

/** @public */
export interface NewGiteaRepository {
  name: string;
  description?: string;
  private: boolean;
  defaultBranch: string;
}
