import { renderInTestApp } from '@backstage/frontend-test-utils';
import type {
  Drift,
  ProvisioningApi,
  Reconciliation,
} from '@formulary/plugin-provisioning-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { provisioningApiRef } from '../../api/provisioningApi';
import { runsRouteRef } from '../../routes';
import { DriftPage } from './DriftPage';

const plan: Reconciliation = {
  id: '6e3b6d0c-2f6e-4b0e-9c1e-0d9d3f0a1b2c',
  state: 'succeeded',
  requestedBy: 'user:default/priya',
  totalPersons: 30,
  checkedPersons: 30,
  busyPersons: 0,
  services: [
    { service: 'gitea', found: 28, gone: 1, unreadable: 0 },
    {
      service: 'coder',
      found: 0,
      gone: 0,
      unreadable: 30,
      message: 'Coder is not running',
    },
  ],
  drifts: [
    { kind: 'missing', state: 'open', count: 1 },
    { kind: 'wrong-link', state: 'open', count: 1 },
  ],
  createdAt: new Date().toISOString(),
};
const missing: Drift = {
  id: '5f2c1d7e-0000-4000-8000-000000000001',
  kind: 'missing',
  service: 'gitea',
  userRef: 'user:default/bob',
  username: 'bob',
  displayName: 'Bob Tanaka',
  personState: 'active',
  found: 'There is no account',
  wanted: 'An account for bob',
  mend: 'prepare',
  state: 'open',
};
const foreign: Drift = {
  ...missing,
  id: '5f2c1d7e-0000-4000-8000-000000000002',
  kind: 'wrong-link',
  username: 'carol',
  displayName: 'Carol Weiss',
  mend: 'administrator',
};

const page = <T,>(...items: T[]) => ({ items, totalItems: items.length });

function show(api: Partial<ProvisioningApi>) {
  return renderInTestApp(<DriftPage />, {
    mountedRoutes: { '/provisioning/runs': runsRouteRef },
    apis: [[provisioningApiRef, api as ProvisioningApi]],
  });
}

describe('DriftPage', () => {
  it('begins the first comparison and shows how far it is', async () => {
    const getReconciliations = jest
      .fn()
      .mockResolvedValueOnce(page())
      .mockResolvedValue(
        page({ ...plan, state: 'running', checkedPersons: 12, drifts: [] }),
      );
    const startReconciliation = jest.fn(async () => plan);
    const cancelReconciliation = jest.fn(async () => plan);
    show({
      getReconciliations,
      startReconciliation,
      cancelReconciliation,
      getDrifts: async () => page<Drift>(),
    });
    expect(
      await screen.findByText(/Nothing has been compared yet/),
    ).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Compare now' }));
    expect(startReconciliation).toHaveBeenCalledTimes(1);
    expect(await screen.findByText('Comparing')).toBeVisible();
    expect(screen.getByText('12 of 30 people compared')).toBeVisible();
    expect(await screen.findByText('Nothing found so far.')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(cancelReconciliation).toHaveBeenCalledWith(plan.id);
  });

  it('shows what is and what should be, and which service gave no answer', async () => {
    show({
      getReconciliations: async () => page(plan),
      getDrifts: async () => page(missing, foreign),
    });
    const row = await screen.findByRole('row', { name: /Bob Tanaka/ });
    expect(row).toHaveTextContent('Missing');
    expect(row).toHaveTextContent('There is no account');
    expect(row).toHaveTextContent('An account for bob');
    expect(row).toHaveTextContent('Bring up to date');
    expect(screen.getByText('Missing: 1 · Wrongly linked: 1')).toBeVisible();
    expect(
      screen.getByText('coder: 30 accounts could not be compared'),
    ).toBeVisible();
    expect(screen.getByText('Coder is not running')).toBeVisible();
  });

  it('mends what was chosen, and shows what came of it', async () => {
    const applied: Drift = {
      ...missing,
      state: 'applied',
      runId: '5f2c1d7e-0000-4000-8000-000000000009',
    };
    const getDrifts = jest.fn().mockResolvedValue(page(missing, foreign));
    const applyReconciliation = jest.fn(async () => {
      getDrifts.mockResolvedValue(page(applied, foreign));
      return { accepted: 1, needAdministrator: 0, doneBefore: 0 };
    });
    const getReconciliations = jest
      .fn()
      .mockResolvedValueOnce(page(plan))
      .mockResolvedValue(
        page({
          ...plan,
          drifts: [{ kind: 'missing', state: 'applied', count: 1 }],
        }),
      );
    show({ getReconciliations, getDrifts, applyReconciliation });
    const row = await screen.findByRole('row', { name: /Bob Tanaka/ });
    const mend = () => screen.getByRole('button', { name: /^Mend/ });
    expect(mend()).toBeDisabled();
    await userEvent.click(within(row).getByRole('checkbox'));
    expect(mend()).toHaveTextContent('Mend 1 chosen');
    await userEvent.click(mend());
    expect(applyReconciliation).toHaveBeenCalledWith(plan.id, {
      driftIds: [missing.id],
    });
    expect(await screen.findByText('1 being mended')).toBeVisible();
    expect(
      await screen.findByRole('link', { name: 'See the run' }),
    ).toHaveAttribute('href', expect.stringContaining(applied.runId!));
  });

  it('lets nobody choose what can only be mended by hand', async () => {
    show({
      getReconciliations: async () => page(plan),
      getDrifts: async () => page(foreign),
    });
    const row = await screen.findByRole('row', { name: /Carol Weiss/ });
    expect(row).toHaveTextContent('By hand, in the service');
    expect(within(row).getByRole('checkbox')).toBeDisabled();
  });

  it('asks before it blocks an account that is nobody’s, and never chooses it with all others', async () => {
    const stranger: Drift = {
      id: '5f2c1d7e-0000-4000-8000-000000000003',
      kind: 'orphaned',
      service: 'gitea',
      username: 'erin',
      displayName: 'erin',
      account: { externalId: '12', username: 'erin', url: 'http://gitea/erin' },
      found: 'The account erin (12) may be used',
      wanted: 'A person for each account',
      mend: 'block',
      state: 'open',
    };
    const applyReconciliation = jest.fn(async () => ({
      accepted: 1,
      needAdministrator: 0,
      doneBefore: 0,
    }));
    show({
      getReconciliations: async () => page(plan),
      getDrifts: async () => page(missing, stranger),
      applyReconciliation,
    });
    const row = await screen.findByRole('row', { name: /erin/ });
    expect(row).toHaveTextContent('Not known here');
    expect(
      within(row).getByRole('link', { name: /See it in gitea/ }),
    ).toHaveAttribute('href', 'http://gitea/erin');
    const mend = () => screen.getByRole('button', { name: /^Mend/ });
    await userEvent.click(
      screen.getByRole('checkbox', { name: /select all/i }),
    );
    expect(mend()).toHaveTextContent('Mend 1 chosen');
    await userEvent.click(within(row).getByRole('checkbox'));
    expect(mend()).toHaveTextContent('Mend 2 chosen');
    await userEvent.click(mend());
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent('erin in gitea');
    expect(applyReconciliation).not.toHaveBeenCalled();
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Block' }),
    );
    expect(applyReconciliation).toHaveBeenCalledWith(plan.id, {
      driftIds: [missing.id, stranger.id],
    });
  });

  it('narrows by kind', async () => {
    const getDrifts = jest.fn(async () => page(missing));
    show({ getReconciliations: async () => page(plan), getDrifts });
    await userEvent.click(await screen.findByRole('button', { name: /Kind/ }));
    await userEvent.click(
      await screen.findByRole('option', { name: 'Missing' }),
    );
    await waitFor(() =>
      expect(getDrifts).toHaveBeenLastCalledWith(
        plan.id,
        expect.objectContaining({ kind: 'missing', offset: 0 }),
        expect.anything(),
      ),
    );
  });

  it('says why the drift could not be read', async () => {
    show({
      getReconciliations: async () => {
        throw new Error('You may not compare the services');
      },
    });
    expect(
      await screen.findByText('You may not compare the services'),
    ).toBeVisible();
    expect(screen.getByText('The drift could not be read')).toBeVisible();
  });
});
