import { HomePageWidgetBlueprint } from '@backstage/plugin-home-react/alpha';
import type { ComponentType } from 'react';

/** Shows the formulas to start with on the home page. */
export const recommendedFormulasWidget = HomePageWidgetBlueprint.make({
  name: 'recommended-formulas',
  params: {
    name: 'RecommendedFormulas',
    description: 'The formulas to start with',
    components: async () => ({
      Content: (await import('./RecommendedFormulas')).RecommendedFormulas,
    }),
    // Without the Material UI card that widgets are wrapped in otherwise: the
    // section has its own heading.
    componentProps: {
      Renderer: ({ Content }: { Content: ComponentType }) => <Content />,
    },
  },
});
