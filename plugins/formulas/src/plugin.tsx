import {
  createFrontendPlugin,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { RiFlaskLine } from '@remixicon/react';
import { formulasApi } from './api/formulasApi';
import { recommendedFormulasWidget } from './home/widget';
import {
  catalogEntityRouteRef,
  formulaRouteRef,
  rootRouteRef,
  templateFormRouteRef,
} from './routes';

const formulasPage = PageBlueprint.make({
  params: {
    path: '/formulas',
    title: 'Formulas',
    icon: <RiFlaskLine />,
    routeRef: rootRouteRef,
    loader: async () => {
      const { FormulasRouter } = await import('./FormulasRouter');
      return <FormulasRouter />;
    },
  },
});

/**
 * The Formula Marketplace.
 *
 * @public
 */
export const formulasPlugin = createFrontendPlugin({
  pluginId: 'formulas',
  title: 'Formulas',
  icon: <RiFlaskLine />,
  info: { packageJson: () => import('../package.json') },
  routes: { root: rootRouteRef, formula: formulaRouteRef },
  externalRoutes: {
    useTemplate: templateFormRouteRef,
    catalogEntity: catalogEntityRouteRef,
  },
  extensions: [formulasApi, formulasPage, recommendedFormulasWidget],
});
