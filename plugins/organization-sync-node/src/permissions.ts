import { createPermission } from '@backstage/plugin-permission-common';

/**
 * Lets somebody see the syncs that stopped because they would remove too much, and decide what becomes of them.
 *
 * @public
 */
export const organisationSyncApprovePermission = createPermission({
  name: 'catalog.organisation-sync.approve',
  attributes: { action: 'update' },
});
