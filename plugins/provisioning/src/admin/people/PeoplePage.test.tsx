import { renderInTestApp } from '@backstage/frontend-test-utils';
import type {
  PersonEntry,
  ProvisioningApi,
  Run,
} from '@formulary/plugin-provisioning-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route, Routes, useLocation } from 'react-router-dom';
import { provisioningApiRef } from '../../api/provisioningApi';
import { bulkRouteRef } from '../../routes';
import { PeoplePage } from './PeoplePage';

const now = new Date().toISOString();
const bob: PersonEntry = {
  person: {
    userRef: 'user:default/bob',
    issuer: 'http://idp.example',
    subject: 'bob',
    username: 'bob',
    email: 'bob@acme.example',
    emailVerified: true,
    displayName: 'Bob Tanaka',
    organisation: 'acme',
    groups: [],
  },
  lifecycle: { state: 'active' },
  accounts: [{ service: 'gitea', state: 'active', observedAt: now }],
};
const suspended: PersonEntry = {
  ...bob,
  lifecycle: { state: 'suspended', reason: 'On leave', since: now },
  accounts: [{ service: 'gitea', state: 'suspended', observedAt: now }],
};
const run: Run = {
  id: '6e3b6d0c-2f6e-4b0e-9c1e-0d9d3f0a1b2c',
  kind: 'suspend',
  state: 'succeeded',
  source: 'admin',
  requestedBy: 'user:default/priya',
  userRef: 'user:default/bob',
  organisation: 'acme',
  steps: [],
  createdAt: now,
};

function show(api: Partial<ProvisioningApi>) {
  return renderInTestApp(<PeoplePage />, {
    apis: [[provisioningApiRef, api as ProvisioningApi]],
  });
}

const list = (...items: PersonEntry[]) => ({
  items,
  totalItems: items.length,
});

async function choose(item: string) {
  await userEvent.click(
    await screen.findByRole('button', { name: 'What to do for Bob Tanaka' }),
  );
  await userEvent.click(await screen.findByRole('menuitem', { name: item }));
}

describe('PeoplePage', () => {
  it('shows people with their organisation, state and accounts', async () => {
    show({ getPersons: async () => list(bob) });
    const row = await screen.findByRole('row', { name: /Bob Tanaka/ });
    expect(row).toHaveTextContent('acme');
    expect(row).toHaveTextContent('Active');
    expect(row).toHaveTextContent('gitea: ready');
  });

  it('suspends for a reason, and shows what became of it', async () => {
    const getPersons = jest
      .fn()
      .mockResolvedValueOnce(list(bob))
      .mockResolvedValue(list(suspended));
    const suspend = jest.fn(async () => ({ run, joined: false }));
    show({ getPersons, suspend, getRun: async () => run });

    await choose('Suspend …');
    const dialog = await screen.findByRole('dialog', {
      name: 'Suspend Bob Tanaka?',
    });
    const confirm = within(dialog).getByRole('button', { name: 'Suspend' });
    expect(confirm).toBeDisabled();
    await userEvent.type(
      within(dialog).getByRole('textbox', { name: /Reason/ }),
      'On leave',
    );
    await userEvent.click(confirm);

    expect(suspend).toHaveBeenCalledWith({
      userRef: 'user:default/bob',
      reason: 'On leave',
    });
    await waitFor(() =>
      expect(screen.getByRole('row', { name: /Bob Tanaka/ })).toHaveTextContent(
        'gitea: suspended',
      ),
    );
  });

  it('does nothing when the administrator thinks better of it', async () => {
    const suspend = jest.fn();
    show({ getPersons: async () => list(bob), suspend });
    await choose('Suspend …');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Leave it' }),
    );
    expect(suspend).not.toHaveBeenCalled();
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('says why something was refused', async () => {
    show({
      getPersons: async () => list(suspended),
      restore: async () => {
        throw new Error('The accounts of bob are not suspended');
      },
    });
    await choose('Restore');
    expect(
      await screen.findByText('The accounts of bob are not suspended'),
    ).toBeVisible();
  });

  describe('for several people', () => {
    const carol: PersonEntry = {
      ...suspended,
      person: {
        ...bob.person,
        userRef: 'user:default/carol',
        username: 'carol',
        displayName: 'Carol Ito',
      },
    };
    const Asked = () => <p>{JSON.stringify(useLocation().state)}</p>;

    function showBoth() {
      renderInTestApp(
        <Routes>
          <Route path="/" element={<PeoplePage />} />
          <Route path="/bulk" element={<Asked />} />
        </Routes>,
        {
          mountedRoutes: { '/bulk': bulkRouteRef },
          apis: [
            [
              provisioningApiRef,
              { getPersons: async () => list(bob, carol) } as ProvisioningApi,
            ],
          ],
        },
      );
    }

    it('offers what fits the state of those who are chosen, and leads to its preview', async () => {
      showBoth();
      expect(await screen.findByText(/Choose people to do/)).toBeVisible();
      await userEvent.click(
        within(
          await screen.findByRole('row', { name: /Bob Tanaka/ }),
        ).getByRole('checkbox'),
      );
      expect(screen.getByText('1 chosen')).toBeVisible();
      expect(screen.queryByRole('button', { name: /^Restore/ })).toBeNull();
      await userEvent.click(
        screen.getByRole('button', { name: 'Suspend 1 person …' }),
      );
      expect(
        await screen.findByText(
          '{"operation":"suspend","persons":["user:default/bob"]}',
        ),
      ).toBeVisible();
    });

    it('takes everybody who is shown, and lets go of them again', async () => {
      showBoth();
      await screen.findByRole('row', { name: /Carol Ito/ });
      await userEvent.click(
        screen.getByRole('checkbox', { name: /select all/i }),
      );
      expect(screen.getByText('2 chosen')).toBeVisible();
      expect(
        screen.getByRole('button', {
          name: 'Remove the accounts of 1 person …',
        }),
      ).toBeVisible();
      await userEvent.click(
        screen.getByRole('button', { name: 'Choose nobody' }),
      );
      expect(screen.getByText(/Choose people to do/)).toBeVisible();
    });
  });

  it('searches by name', async () => {
    const getPersons = jest.fn(async () => list(bob));
    show({ getPersons });
    await userEvent.type(
      await screen.findByRole('searchbox', { name: 'Search people' }),
      'tan',
    );
    await waitFor(() =>
      expect(getPersons).toHaveBeenLastCalledWith(
        expect.objectContaining({ search: 'tan', offset: 0 }),
        expect.anything(),
      ),
    );
  });
});
