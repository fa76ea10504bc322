import { createFrontendPlugin } from '@backstage/frontend-plugin-api';
import { RiShieldCheckLine } from '@remixicon/react';
import { approvalsApi } from './api/approvalsApi';
import { pages } from './pages';
import {
  allRouteRef,
  decideRouteRef,
  mineRouteRef,
  rootRouteRef,
  taskRouteRef,
  templateFormRouteRef,
} from './routes';

/**
 * What people see of approvals.
 *
 * @public
 */
export const approvalsPlugin = createFrontendPlugin({
  pluginId: 'approvals',
  title: 'Approvals',
  icon: <RiShieldCheckLine />,
  info: { packageJson: () => import('../package.json') },
  routes: {
    root: rootRouteRef,
    decide: decideRouteRef,
    mine: mineRouteRef,
    all: allRouteRef,
  },
  externalRoutes: { task: taskRouteRef, templateForm: templateFormRouteRef },
  extensions: [approvalsApi, ...pages],
});
