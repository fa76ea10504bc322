import { createFrontendPlugin } from '@backstage/frontend-plugin-api';
import { RiToolsLine } from '@remixicon/react';
import { adminPages } from './admin/pages';
import { organisationSyncApi } from './admin/organisation/organisationSyncApi';
import { provisioningApi } from './api/provisioningApi';
import { myToolsWidget } from './home/widget';
import {
  accessRouteRef,
  bulkRouteRef,
  rootRouteRef,
  runsRouteRef,
} from './routes';

/**
 * What people see of provisioning.
 *
 * @public
 */
export const provisioningPlugin = createFrontendPlugin({
  pluginId: 'provisioning',
  title: 'Provisioning',
  icon: <RiToolsLine />,
  info: { packageJson: () => import('../package.json') },
  routes: { root: rootRouteRef, runs: runsRouteRef, bulk: bulkRouteRef },
  externalRoutes: { access: accessRouteRef },
  extensions: [
    provisioningApi,
    organisationSyncApi,
    myToolsWidget,
    ...adminPages,
  ],
});
