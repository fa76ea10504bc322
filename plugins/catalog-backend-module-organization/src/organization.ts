import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { SHARED } from '@formulary/plugin-organization-sync-node';

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
