/**
 * Annotation with Keycloak's id of a user, a group or an organisation.
 *
 * @public
 */
export const KEYCLOAK_ID_ANNOTATION = 'keycloak.org/id';

/**
 * Annotation with the realm that an entity is from.
 *
 * @public
 */
export const KEYCLOAK_REALM_ANNOTATION = 'keycloak.org/realm';

/**
 * Annotation with the aliases of the organisations that an entity belongs to, separated by commas.
 *
 * @public
 */
export const KEYCLOAK_ORGANIZATION_ANNOTATION = 'keycloak.org/organization';

/**
 * Annotation of a user with the names of their realm roles, separated by commas.
 *
 * @public
 */
export const KEYCLOAK_ROLES_ANNOTATION = 'keycloak.org/realm-roles';

/**
 * Annotation with the path of a group, such as `/acme/developers`.
 *
 * @public
 */
export const KEYCLOAK_PATH_ANNOTATION = 'keycloak.org/path';

/**
 * Annotation of an organisation with the id of the top-level group that bears its name.
 *
 * @public
 */
export const KEYCLOAK_GROUP_ID_ANNOTATION = 'keycloak.org/group-id';
