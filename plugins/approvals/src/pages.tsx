import {
  PageBlueprint,
  SubPageBlueprint,
} from '@backstage/frontend-plugin-api';
import { approvalsRequestsReadPermission } from '@formulary/plugin-approvals-common';
import { RiShieldCheckLine } from '@remixicon/react';
import {
  allRouteRef,
  decideRouteRef,
  mineRouteRef,
  rootRouteRef,
} from './routes';

const attachTo = { id: 'page:approvals', input: 'pages' };

/** The pages, in the order of their tabs. */
export const pages = [
  PageBlueprint.make({
    params: {
      path: '/approvals',
      title: 'Approvals',
      icon: <RiShieldCheckLine />,
      routeRef: rootRouteRef,
    },
  }),
  SubPageBlueprint.make({
    name: 'to-decide',
    attachTo,
    params: {
      path: 'to-decide',
      title: 'To decide',
      routeRef: decideRouteRef,
      loader: async () => {
        const { RequestsPage } = await import('./requests/RequestsPage');
        return <RequestsPage view="decide" />;
      },
    },
  }),
  SubPageBlueprint.make({
    name: 'mine',
    attachTo,
    params: {
      path: 'mine',
      title: 'My requests',
      routeRef: mineRouteRef,
      loader: async () => {
        const { RequestsPage } = await import('./requests/RequestsPage');
        return <RequestsPage view="mine" />;
      },
    },
  }),
  SubPageBlueprint.make({
    name: 'all',
    attachTo,
    // The backend decides; this only keeps what would be refused out of sight.
    if: {
      permissions: {
        $contains: `${approvalsRequestsReadPermission.name}#${approvalsRequestsReadPermission.attributes.action}`,
      },
    },
    params: {
      path: 'all',
      title: 'All requests',
      routeRef: allRouteRef,
      loader: async () => {
        const { RequestsPage } = await import('./requests/RequestsPage');
        return <RequestsPage view="all" />;
      },
    },
  }),
];
