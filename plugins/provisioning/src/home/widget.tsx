import { HomePageWidgetBlueprint } from '@backstage/plugin-home-react/alpha';
import type { ComponentType } from 'react';

/** Shows a person's accounts on the home page. */
export const myToolsWidget = HomePageWidgetBlueprint.make({
  name: 'my-tools',
  params: {
    name: 'MyTools',
    description: 'Your accounts in the platform’s services',
    components: async () => ({
      Content: (await import('./MyTools')).MyTools,
    }),
    // Without the Material UI card that widgets are wrapped in otherwise: the
    // section has its own heading.
    componentProps: {
      Renderer: ({ Content }: { Content: ComponentType }) => <Content />,
    },
  },
});
