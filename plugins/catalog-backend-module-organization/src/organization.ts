import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';

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

/**
 * Ref of an organisation's group, in lower case, from its alias or a ref.
 *
 * @throws TypeError when it is neither
 */
export function organizationRef(organization: string): string {
  if (organization === SHARED) return SHARED;
  return stringifyEntityRef(
    parseEntityRef(organization, {
      defaultKind: 'Group',
      defaultNamespace: 'default',
    }),
  );
}
