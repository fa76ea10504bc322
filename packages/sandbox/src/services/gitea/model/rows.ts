import type { Row } from '../../../core/store';

/** An account: a user, or an organisation, which shares the users' namespace. */
export interface AccountRow extends Row {
  kind: 'user' | 'organization';
  number: number;
  login: string;
  fullName: string;
  email: string;
  isAdmin: boolean;
  active: boolean;
  prohibitLogin: boolean;
  restricted: boolean;
  /** Login source; 0 is a local account. */
  sourceId: number;
  /** Name at the login source: the `sub` claim for OpenID Connect. */
  loginName: string;
  visibility: string;
  created: string;
  lastLogin?: string;
}

/** An access token; only its digest is kept. */
export interface TokenRow extends Row {
  userId: string;
  number: number;
  name: string;
  digest: string;
  lastEight: string;
  scopes: string[];
}

/** A browser session. */
export interface SessionRow extends Row {
  userId: string;
  /** Value that forms of this session carry. */
  csrf: string;
  expires: number;
}

/** A team of an organisation. */
export interface TeamRow extends Row {
  number: number;
  organizationId: string;
  name: string;
  description: string;
  permission: 'none' | 'read' | 'write' | 'admin' | 'owner';
  includesAllRepositories: boolean;
  /** Whether members may make repositories in the organisation; owners always may. */
  canCreateRepositories?: boolean;
  memberIds: string[];
  repositoryIds: string[];
}

/** A rule for branches of a repository, with the fields of Gitea's `BranchProtection`. */
export interface BranchProtection extends Record<string, unknown> {
  rule_name: string;
  enable_push?: boolean;
  enable_push_whitelist?: boolean;
  push_whitelist_usernames?: string[];
  push_whitelist_teams?: string[];
}

/** A repository; its content is a bare git repository on disk. */
export interface RepositoryRow extends Row {
  number: number;
  ownerId: string;
  name: string;
  description: string;
  private: boolean;
  template: boolean;
  defaultBranch: string;
  topics: string[];
  collaborators: Record<string, 'read' | 'write' | 'admin'>;
  branchProtections: BranchProtection[];
  created: string;
  updated: string;
}
