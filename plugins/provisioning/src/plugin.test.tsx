import {
  createExtensionTester,
  renderInTestApp,
} from '@backstage/frontend-test-utils';
import { homePageWidgetDataRef } from '@backstage/plugin-home-react/alpha';
import { screen } from '@testing-library/react';
import { provisioningApiRef } from './api/provisioningApi';
import { myToolsWidget } from './home/widget';

describe('the plugin', () => {
  it('puts my tools on the home page', async () => {
    const { component } = createExtensionTester(myToolsWidget).get(
      homePageWidgetDataRef,
    );
    renderInTestApp(component, {
      apis: [
        [
          provisioningApiRef,
          {
            getMe: async () => ({
              userRef: 'user:default/bob',
              services: [],
              accounts: [],
            }),
          },
        ],
      ],
    });
    expect(
      await screen.findByRole('heading', { name: 'My tools' }),
    ).toBeVisible();
    expect(await screen.findByText('No tools are set up')).toBeVisible();
  });
});
