import { createFrontendPlugin } from '@backstage/frontend-plugin-api';
import { RiToolsLine } from '@remixicon/react';
import { provisioningApi } from './api/provisioningApi';
import { myToolsWidget } from './home/widget';

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
  extensions: [provisioningApi, myToolsWidget],
});
