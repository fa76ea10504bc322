import { createPermission } from '@backstage/plugin-permission-common';

/**
 * Lets somebody read the requests of everybody, in every organisation. Without
 * it people read their own and those that they may decide.
 *
 * @public
 */
export const approvalsRequestsReadPermission = createPermission({
  name: 'approvals.requests.read',
  attributes: { action: 'read' },
});

/**
 * Lets somebody cancel the requests of others. Everybody may cancel their own.
 *
 * @public
 */
export const approvalsRequestsCancelPermission = createPermission({
  name: 'approvals.requests.cancel',
  attributes: { action: 'update' },
});

/**
 * Every permission of the approvals plugin. To decide takes none: who may is
 * said by the rules in the config.
 *
 * @public
 */
export const approvalsPermissions = [
  approvalsRequestsReadPermission,
  approvalsRequestsCancelPermission,
];
