import { renderInTestApp } from '@backstage/frontend-test-utils';
import type {
  ProvisioningApi,
  WebhookDelivery,
} from '@formulary/plugin-provisioning-common';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { provisioningApiRef } from '../../api/provisioningApi';
import { runsRouteRef } from '../../routes';
import { WebhooksPage } from './WebhooksPage';

const delivery: WebhookDelivery = {
  id: '6e3b6d0c-2f6e-4b0e-9c1e-0d9d3f0a1b2c',
  source: 'keycloak',
  type: 'admin.USER-CREATE',
  state: 'processed',
  attempts: 1,
  runId: '5f2c1d7e-0000-4000-8000-000000000001',
  userRef: 'user:default/bob',
  receivedAt: new Date().toISOString(),
};

function show(api: Partial<ProvisioningApi>) {
  renderInTestApp(<WebhooksPage />, {
    mountedRoutes: { '/provisioning/runs': runsRouteRef },
    apis: [[provisioningApiRef, api as ProvisioningApi]],
  });
}

describe('WebhooksPage', () => {
  it('says what came, about whom, and what became of it', async () => {
    show({
      getDeliveries: async () => ({ items: [delivery], totalItems: 1 }),
    });
    const row = await screen.findByRole('row', { name: /admin\.USER-CREATE/ });
    expect(row).toHaveTextContent('bob');
    expect(row).toHaveTextContent('Processed');
    expect(screen.getByRole('link', { name: 'See the run' })).toHaveAttribute(
      'href',
      expect.stringContaining(delivery.runId!),
    );
  });

  it('has a delivery worked on again, and says why that is refused', async () => {
    const redeliver = jest.fn(async () => {
      throw new Error('It is being worked on already');
    });
    show({
      getDeliveries: async () => ({ items: [delivery], totalItems: 1 }),
      redeliver,
    });
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'Redeliver admin.USER-CREATE',
      }),
    );
    expect(
      await screen.findByText('It is being worked on already'),
    ).toBeVisible();
    expect(redeliver).toHaveBeenCalledWith(delivery.id);
  });
});
