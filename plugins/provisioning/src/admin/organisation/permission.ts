import { createPermission } from '@backstage/plugin-permission-common';

/** Of the catalog's modules that sync organisations; a frontend cannot import it from there. */
export const organisationSyncApprovePermission = createPermission({
  name: 'catalog.organisation-sync.approve',
  attributes: { action: 'update' },
});
