/**
 * Annotation of a user whom the identity provider has disabled. `user-info-node`
 * gives them no rights, whatever their last sign-in claimed.
 *
 * @public
 */
export const DISABLED_ANNOTATION = 'formulary.dev/disabled';

/**
 * Annotation that says which organisation an entity belongs to: the ref of the
 * organisation's group, or {@link SHARED}. An entity without it belongs to nobody
 * and is seen by platform administrators and its owners only.
 *
 * @public
 */
export const ORGANIZATION_ANNOTATION = 'formulary.dev/organization';

/**
 * Value of {@link ORGANIZATION_ANNOTATION} for what everybody may see.
 *
 * @public
 */
export const SHARED = '*';
