import {
  createFrontendModule,
  PageLayout,
} from '@backstage/frontend-plugin-api';
import { SwappableComponentBlueprint } from '@backstage/plugin-app-react';

const pageLayout = SwappableComponentBlueprint.make({
  // Backstage's own layout of the same name is replaced.
  name: 'core-page-layout',
  params: define =>
    define({
      component: PageLayout,
      loader: async () => (await import('./PageLayout')).PageLayout,
    }),
});

/** What every page has around it. */
export const pagesModule = createFrontendModule({
  pluginId: 'app',
  extensions: [pageLayout],
});
