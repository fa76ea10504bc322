import { renderInTestApp } from '@backstage/frontend-test-utils';
import type {
  AuditEvent,
  ProvisioningApi,
} from '@formulary/plugin-provisioning-common';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { provisioningApiRef } from '../../api/provisioningApi';
import { runsRouteRef } from '../../routes';
import { AuditPage } from './AuditPage';

const event = (id: string, message: string): AuditEvent => ({
  id,
  at: new Date().toISOString(),
  type: 'run.created',
  actor: 'user:default/priya',
  userRef: 'user:default/bob',
  runId: '6e3b6d0c-2f6e-4b0e-9c1e-0d9d3f0a1b2c',
  message,
});

function show(api: Partial<ProvisioningApi>) {
  return renderInTestApp(<AuditPage />, {
    mountedRoutes: { '/provisioning/runs': runsRouteRef },
    apis: [[provisioningApiRef, api as ProvisioningApi]],
  });
}

describe('AuditPage', () => {
  it('shows who did what, page by page and back', async () => {
    show({
      getEvents: async query =>
        query?.after
          ? { items: [event('1', 'the older one')] }
          : { items: [event('2', 'the newer one')], next: '2' },
    });
    const row = await screen.findByRole('row', { name: /the newer one/ });
    expect(row).toHaveTextContent('priya');
    expect(row).toHaveTextContent('bob');
    await userEvent.click(screen.getByRole('button', { name: /next/i }));
    expect(await screen.findByText(/the older one/)).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: /previous/i }));
    expect(await screen.findByText(/the newer one/)).toBeVisible();
  });

  it('searches, and exports what is searched for', async () => {
    const getEvents = jest.fn(async () => ({ items: [] }));
    const exportEvents = jest.fn(async () => {
      throw new Error('The database is away');
    });
    show({
      getEvents,
      exportEvents,
      getServiceInfos: async () => [
        { service: 'chat', title: 'Acme Chat', url: 'https://chat.example' },
      ],
    });
    expect(
      await screen.findByText('Nothing like that happened.'),
    ).toBeVisible();
    await userEvent.type(screen.getByLabelText('About'), 'bob');
    await userEvent.type(screen.getByLabelText('Type'), 'step.failed');
    await userEvent.click(screen.getByRole('button', { name: /Any/ }));
    await userEvent.click(
      await screen.findByRole('option', { name: 'Acme Chat' }),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Search' }));
    await waitFor(() =>
      expect(getEvents).toHaveBeenLastCalledWith(
        expect.objectContaining({
          userRef: 'user:default/bob',
          type: 'step.failed',
          service: 'chat',
        }),
        expect.anything(),
      ),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Export CSV' }));
    expect(await screen.findByText('The database is away')).toBeVisible();
    expect(exportEvents).toHaveBeenCalledWith(
      expect.objectContaining({ userRef: 'user:default/bob', format: 'csv' }),
    );
  });

  it('says which day there is not, and searches for nothing', async () => {
    const getEvents = jest.fn(async () => ({ items: [] }));
    show({ getEvents });
    await screen.findByText('Nothing like that happened.');
    await userEvent.type(screen.getByLabelText(/^From/), '2026-13-01');
    await userEvent.click(screen.getByRole('button', { name: 'Search' }));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'There is no day 2026-13-01',
    );
    expect(getEvents).toHaveBeenCalledTimes(1);
  });

  it('says that the events could not be read', async () => {
    show({
      getEvents: async () => {
        throw new Error('You may not see what others did');
      },
    });
    expect(
      await screen.findByText(/You may not see what others did/),
    ).toBeVisible();
  });
});
