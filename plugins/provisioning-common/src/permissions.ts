import { createPermission } from '@backstage/plugin-permission-common';

/**
 * Lets somebody read other people's identity and accounts. Everybody may read their own.
 *
 * @public
 */
export const provisioningPersonsReadPermission = createPermission({
  name: 'provisioning.persons.read',
  attributes: { action: 'read' },
});

/**
 * Lets somebody onboard other people. Everybody may onboard themselves.
 *
 * @public
 */
export const provisioningPersonsOnboardPermission = createPermission({
  name: 'provisioning.persons.onboard',
  attributes: { action: 'create' },
});

/**
 * Lets somebody read other people's runs. Everybody may read their own.
 *
 * @public
 */
export const provisioningRunsReadPermission = createPermission({
  name: 'provisioning.runs.read',
  attributes: { action: 'read' },
});

/**
 * Lets somebody retry and resume other people's runs. Everybody may do so with their own.
 *
 * @public
 */
export const provisioningRunsRetryPermission = createPermission({
  name: 'provisioning.runs.retry',
  attributes: { action: 'update' },
});

/**
 * Lets somebody see the health of the services, with what is wrong.
 *
 * @public
 */
export const provisioningServicesReadPermission = createPermission({
  name: 'provisioning.services.read',
  attributes: { action: 'read' },
});

/**
 * Lets somebody cancel other people's runs. Everybody may cancel what they asked for themselves.
 *
 * @public
 */
export const provisioningRunsCancelPermission = createPermission({
  name: 'provisioning.runs.cancel',
  attributes: { action: 'update' },
});

/**
 * Lets somebody have removed again what a failed or cancelled run has made,
 * whosever it is.
 *
 * @public
 */
export const provisioningRunsRollbackPermission = createPermission({
  name: 'provisioning.runs.rollback',
  attributes: { action: 'delete' },
});

/**
 * Lets somebody suspend, restore and remove people's accounts.
 *
 * @public
 */
export const provisioningPersonsOffboardPermission = createPermission({
  name: 'provisioning.persons.offboard',
  attributes: { action: 'delete' },
});

/**
 * Lets somebody see what webhooks sent, and have it worked on again.
 *
 * @public
 */
export const provisioningDeliveriesManagePermission = createPermission({
  name: 'provisioning.deliveries.manage',
  attributes: { action: 'update' },
});

/**
 * Lets somebody's tasks make, change and remove what belongs to others:
 * workspaces, repositories, memberships, CRM records. Everybody's tasks may do
 * so with their own.
 *
 * @public
 */
export const provisioningResourcesManagePermission = createPermission({
  name: 'provisioning.resources.manage',
  attributes: { action: 'update' },
});

/**
 * Lets somebody search and export the events of everybody: who did what, to
 * whom, when.
 *
 * @public
 */
export const provisioningEventsReadPermission = createPermission({
  name: 'provisioning.events.read',
  attributes: { action: 'read' },
});

/**
 * Lets somebody compare the accounts in the services with what they should be,
 * and see how they differ. Changes nothing in any service.
 *
 * @public
 */
export const provisioningReconciliationsReadPermission = createPermission({
  name: 'provisioning.reconciliations.read',
  attributes: { action: 'read' },
});

/**
 * Lets somebody have mended what a reconciliation found.
 *
 * @public
 */
export const provisioningReconciliationsApplyPermission = createPermission({
  name: 'provisioning.reconciliations.apply',
  attributes: { action: 'update' },
});

/**
 * Every permission of the provisioning plugin.
 *
 * @public
 */
export const provisioningPermissions = [
  provisioningPersonsReadPermission,
  provisioningPersonsOnboardPermission,
  provisioningRunsReadPermission,
  provisioningRunsRetryPermission,
  provisioningRunsCancelPermission,
  provisioningRunsRollbackPermission,
  provisioningPersonsOffboardPermission,
  provisioningDeliveriesManagePermission,
  provisioningServicesReadPermission,
  provisioningResourcesManagePermission,
  provisioningEventsReadPermission,
  provisioningReconciliationsReadPermission,
  provisioningReconciliationsApplyPermission,
];
