import {
  PageBlueprint,
  SubPageBlueprint,
} from '@backstage/frontend-plugin-api';
import type { BasicPermission } from '@backstage/plugin-permission-common';
import {
  provisioningDeliveriesManagePermission,
  provisioningEventsReadPermission,
  provisioningPersonsOffboardPermission,
  provisioningPersonsOnboardPermission,
  provisioningPersonsReadPermission,
  provisioningReconciliationsReadPermission,
  provisioningRunsReadPermission,
  provisioningServicesReadPermission,
} from '@formulary/plugin-provisioning-common';
import { RiToolsLine } from '@remixicon/react';
import { bulkRouteRef, rootRouteRef, runsRouteRef } from '../routes';
import { organisationSyncApprovePermission } from './organisation/permission';

const attachTo = { id: 'page:provisioning', input: 'pages' };

/** The backend decides; this only keeps what would be refused out of sight. */
const withPermission = ({ name, attributes }: BasicPermission) => ({
  // Policies are by name and action (frontend-app-api, wiring/predicates).
  permissions: { $contains: `${name}#${attributes.action}` },
});

/** The administrators' pages, in the order of their tabs. */
export const adminPages = [
  PageBlueprint.make({
    if: withPermission(provisioningRunsReadPermission),
    params: {
      path: '/provisioning',
      title: 'Provisioning',
      icon: <RiToolsLine />,
      routeRef: rootRouteRef,
    },
  }),
  SubPageBlueprint.make({
    name: 'runs',
    attachTo,
    params: {
      path: 'runs',
      title: 'Runs',
      routeRef: runsRouteRef,
      loader: async () => {
        const { RunsPage } = await import('./runs/RunsPage');
        return <RunsPage />;
      },
    },
  }),
  SubPageBlueprint.make({
    name: 'people',
    attachTo,
    if: withPermission(provisioningPersonsReadPermission),
    params: {
      path: 'people',
      title: 'People',
      loader: async () => {
        const { PeoplePage } = await import('./people/PeoplePage');
        return <PeoplePage />;
      },
    },
  }),
  SubPageBlueprint.make({
    name: 'services',
    attachTo,
    if: withPermission(provisioningServicesReadPermission),
    params: {
      path: 'services',
      title: 'Services',
      loader: async () => {
        const { ServicesPage } = await import('./services/ServicesPage');
        return <ServicesPage />;
      },
    },
  }),
  SubPageBlueprint.make({
    name: 'organisation',
    attachTo,
    if: withPermission(organisationSyncApprovePermission),
    params: {
      path: 'organisation',
      title: 'Organisation',
      loader: async () => {
        const { OrganisationPage } = await import(
          './organisation/OrganisationPage'
        );
        return <OrganisationPage />;
      },
    },
  }),
  SubPageBlueprint.make({
    name: 'drift',
    attachTo,
    if: withPermission(provisioningReconciliationsReadPermission),
    params: {
      path: 'drift',
      title: 'Drift',
      loader: async () => {
        const { DriftPage } = await import('./drift/DriftPage');
        return <DriftPage />;
      },
    },
  }),
  SubPageBlueprint.make({
    name: 'webhooks',
    attachTo,
    if: withPermission(provisioningDeliveriesManagePermission),
    params: {
      path: 'webhooks',
      title: 'Webhooks',
      loader: async () => {
        const { WebhooksPage } = await import('./webhooks/WebhooksPage');
        return <WebhooksPage />;
      },
    },
  }),
  SubPageBlueprint.make({
    name: 'bulk',
    attachTo,
    if: {
      $any: [
        withPermission(provisioningPersonsOnboardPermission),
        withPermission(provisioningPersonsOffboardPermission),
      ],
    },
    params: {
      path: 'bulk',
      title: 'Bulk',
      routeRef: bulkRouteRef,
      loader: async () => {
        const { BulkPage } = await import('./bulk/BulkPage');
        return <BulkPage />;
      },
    },
  }),
  SubPageBlueprint.make({
    name: 'audit',
    attachTo,
    if: withPermission(provisioningEventsReadPermission),
    params: {
      path: 'audit',
      title: 'Audit',
      loader: async () => {
        const { AuditPage } = await import('./audit/AuditPage');
        return <AuditPage />;
      },
    },
  }),
];
