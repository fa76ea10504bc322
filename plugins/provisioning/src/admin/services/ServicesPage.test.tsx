import { renderInTestApp } from '@backstage/frontend-test-utils';
import type {
  ProvisioningApi,
  ServiceStatus,
} from '@formulary/plugin-provisioning-common';
import { screen } from '@testing-library/react';
import { provisioningApiRef } from '../../api/provisioningApi';
import { ServicesPage } from './ServicesPage';

const minutesFromNow = (minutes: number) =>
  new Date(Date.now() + minutes * 60_000).toISOString();

const gitea: ServiceStatus = {
  service: 'gitea',
  title: 'Gitea',
  url: 'http://gitea.example',
  reachable: true,
  authorized: true,
  version: '1.25.2',
  observedAt: minutesFromNow(0),
};

describe('ServicesPage', () => {
  it.each<[string, Partial<ServiceStatus>]>([
    ['Well', {}],
    ['Not reachable', { reachable: false, authorized: false }],
    ['Token refused', { authorized: false }],
    ['Needs attention', { message: 'An old version' }],
  ])('says "%s"', async (words, status) => {
    show({ ...gitea, ...status });
    expect(await screen.findByText(words)).toBeVisible();
  });

  it('says that steps wait for a service without an answer, since when, and why', async () => {
    show({
      ...gitea,
      circuit: {
        failingSince: minutesFromNow(-3),
        nextTryAt: minutesFromNow(2),
        lastError: 'Gitea is not running',
      },
    });
    const card = await screen.findByRole('article', { name: 'Gitea' });
    expect(card).toHaveTextContent('Steps wait');
    expect(card).toHaveTextContent(
      'No answer, first 3 minutes ago. Steps wait and go on by themselves once it is back; next try in 2 minutes. Last: Gitea is not running',
    );
  });

  function show(service: ServiceStatus) {
    renderInTestApp(<ServicesPage />, {
      apis: [
        [
          provisioningApiRef,
          {
            getServices: async () => [service],
          } as Partial<ProvisioningApi> as ProvisioningApi,
        ],
      ],
    });
  }
});
