/**
 * A group of the catalog that somebody belongs to, directly or through others.
 *
 * @public
 */
export interface AccessGroup {
  ref: string;
  title: string;
  isOrganisation: boolean;
  /** Refs from the group that the person is in up to this one, which is the last. */
  path: string[];
}

/**
 * A role that somebody has.
 *
 * @public
 */
export interface AccessRole {
  ref: string;
  /**
   * What the role was given to: the person, or groups that they belong to.
   * Empty when everybody has the role.
   */
  members: Array<{
    ref: string;
    /** As of an {@link AccessGroup}; empty when the role was given to the person. */
    path: string[];
  }>;
  /** Where the role is from: `csv-file`, `configuration`, `rest`, or whatever else RBAC says. */
  source: string;
}

/**
 * What comes of asking for a permission: yes, for some things only, or no.
 *
 * @public
 */
export type AccessOutcome = 'allow' | 'conditional' | 'deny';

/**
 * A line of a role that speaks of a permission.
 *
 * @public
 */
export interface AccessReason {
  /** Ref of the role. */
  role: string;
  effect: AccessOutcome;
  /** The line as it stands in the policies, or the head of the condition. */
  line: string;
  /** Which things it is for, for people; only of conditions. */
  condition?: string;
}

/**
 * A permission of a plugin, and what comes of it for the person.
 *
 * @public
 */
export interface AccessPermission {
  plugin: string;
  name: string;
  /** `create`, `read`, `update`, `delete`, or `use` where the permission has none. */
  action: string;
  /** Kind of the things that it is about, where conditions are possible. */
  resourceType?: string;
  outcome: AccessOutcome;
  /** What decided; empty when no role speaks of the permission. */
  reasons: AccessReason[];
}

/**
 * A formula or template that the person is shown.
 *
 * @public
 */
export interface AccessFormula {
  ref: string;
  kind: 'formula' | 'template';
  title: string;
  /** Ref of the organisation that it is of. */
  organisation?: string;
  /** Whether it is shared with every organisation. */
  isShared: boolean;
}

/**
 * What somebody may do, and why, as the catalog and the policies are now.
 *
 * @public
 */
export interface AccessReport {
  userRef: string;
  displayName: string;
  /** Whether somebody with this name may do everything, whatever the policies say. */
  isSuperUser: boolean;
  /** Whether the identity provider has disabled them: nothing is allowed then, whatever their roles. */
  isDisabled: boolean;
  groups: AccessGroup[];
  roles: AccessRole[];
  /** By plugin, then by name. */
  permissions: AccessPermission[];
  /** By title. */
  formulas: AccessFormula[];
  /** Plugins that did not say which permissions they have. */
  unread: string[];
}
