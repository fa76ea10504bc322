/**
 * Annotation with Logto's id of a user or an organisation; of a role in an
 * organisation, both ids with a colon in between.
 *
 * @public
 */
export const LOGTO_ID_ANNOTATION = 'logto.io/id';

/**
 * Annotation with the ids of the organisations that an entity belongs to, separated by commas.
 *
 * @public
 */
export const LOGTO_ORGANIZATIONS_ANNOTATION = 'logto.io/organizations';

/**
 * Annotation of a user with the names of their roles that are of no organisation, separated by commas.
 *
 * @public
 */
export const LOGTO_ROLES_ANNOTATION = 'logto.io/roles';

/**
 * Annotation of a group with the name of the role that its members have in their organisation.
 *
 * @public
 */
export const LOGTO_ORGANIZATION_ROLE_ANNOTATION = 'logto.io/organization-role';
