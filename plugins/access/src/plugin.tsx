import {
  createFrontendPlugin,
  PageBlueprint,
  useRouteRef,
} from '@backstage/frontend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { EntityContextMenuItemBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { accessReadPermission } from '@formulary/plugin-access-common';
import { RiShieldUserLine } from '@remixicon/react';
import { accessApi } from './api/accessApi';
import { rootRouteRef } from './routes';

const accessPage = PageBlueprint.make({
  params: {
    path: '/access',
    title: 'Access',
    icon: <RiShieldUserLine />,
    routeRef: rootRouteRef,
    loader: async () => {
      const { AccessPage } = await import('./page/AccessPage');
      return <AccessPage />;
    },
  },
});

/** Leads from a person's page in the catalog to what they may do. */
const personMenuItem = EntityContextMenuItemBlueprint.make({
  name: 'access',
  // The backend decides; this only keeps what would be refused out of sight.
  if: {
    permissions: {
      $contains: `${accessReadPermission.name}#${accessReadPermission.attributes.action}`,
    },
  },
  params: {
    icon: <RiShieldUserLine />,
    filter: { kind: 'user' },
    useProps: () => {
      const { entity } = useEntity();
      const path = useRouteRef(rootRouteRef);
      const person = encodeURIComponent(stringifyEntityRef(entity));
      return {
        title: 'What may they do?',
        href: `${path?.() ?? '/access'}?person=${person}`,
      };
    },
  },
});

/**
 * Who may do what, and why.
 *
 * @public
 */
export const accessPlugin = createFrontendPlugin({
  pluginId: 'access',
  title: 'Access',
  icon: <RiShieldUserLine />,
  info: { packageJson: () => import('../package.json') },
  routes: { root: rootRouteRef },
  extensions: [accessApi, accessPage, personMenuItem],
});
