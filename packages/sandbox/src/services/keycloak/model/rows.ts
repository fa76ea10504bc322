import { Row } from '../../../core/store';

/** A user of the realm. */
export interface UserRow extends Row {
  /** Lower case, as Keycloak stores it. */
  username: string;
  /** Lower case. */
  email?: string;
  emailVerified: boolean;
  firstName?: string;
  lastName?: string;
  enabled: boolean;
  /** Milliseconds since 1970. */
  createdTimestamp: number;
  attributes: Record<string, string[]>;
  requiredActions: string[];
  /** Names of realm roles. */
  realmRoles: string[];
  /** Ids of groups. */
  groups: string[];
  /** Ids of organisations. */
  organizations: string[];
  /** See passwords.ts; absent for somebody who can't log in yet. */
  passwordHash?: string;
}

/** A group, top-level or below another. */
export interface GroupRow extends Row {
  name: string;
  parentId?: string;
  attributes: Record<string, string[]>;
}

/** An organisation, with the e-mail domains whose owners join it. */
export interface OrganizationRow extends Row {
  name: string;
  alias: string;
  enabled: boolean;
  description?: string;
  redirectUrl?: string;
  domains: Array<{ name: string; verified: boolean }>;
  attributes: Record<string, string[]>;
}

/** A role of the realm. */
export interface RoleRow extends Row {
  name: string;
  description: string;
}
