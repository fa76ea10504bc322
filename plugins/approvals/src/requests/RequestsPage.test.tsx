import { renderInTestApp } from '@backstage/frontend-test-utils';
import { scaffolderApiRef } from '@backstage/plugin-scaffolder-react';
import type { ScaffolderApi } from '@backstage/plugin-scaffolder-react';
import type {
  ApprovalDetails,
  ApprovalsApi,
} from '@formulary/plugin-approvals-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route, Routes } from 'react-router-dom';
import { approvalsApiRef } from '../api/approvalsApi';
import { decideRouteRef, mineRouteRef } from '../routes';
import { testRequest } from '../testing/testRequest';
import { RequestsPage } from './RequestsPage';

const nothing = testRequest.may;
const approver = { ...nothing, decide: true, delegate: true };

function show(
  path: string,
  api: Partial<ApprovalsApi>,
  scaffold: ScaffolderApi['scaffold'] = async () => ({ taskId: 'unused' }),
) {
  return renderInTestApp(
    <Routes>
      <Route
        path="/approvals/to-decide/*"
        element={<RequestsPage view="decide" />}
      />
      <Route path="/approvals/mine/*" element={<RequestsPage view="mine" />} />
    </Routes>,
    {
      initialRouteEntries: [path],
      mountedRoutes: {
        '/approvals/to-decide': decideRouteRef,
        '/approvals/mine': mineRouteRef,
      },
      apis: [
        [approvalsApiRef, api as ApprovalsApi],
        [
          scaffolderApiRef,
          { scaffold } as Partial<ScaffolderApi> as ScaffolderApi,
        ],
      ],
    },
  );
}

const deciding = `/approvals/to-decide/${testRequest.id}`;
const own = `/approvals/mine/${testRequest.id}`;

describe('RequestsPage', () => {
  it('lists what waits for the user, each with the way to its page', async () => {
    const getRequests = jest.fn(async () => ({
      items: [testRequest],
      totalItems: 1,
    }));
    show('/approvals/to-decide', { getRequests });
    const row = await screen.findByRole('row', { name: /GPUs for spirals/ });
    expect(row).toHaveTextContent('bob');
    expect(row).toHaveTextContent('Waits');
    expect(row).toHaveAttribute('data-href', expect.stringContaining(deciding));
    expect(getRequests).toHaveBeenCalledWith(
      { view: 'decide', state: 'pending', offset: 0, limit: 20 },
      expect.anything(),
    );
  });

  it('says so when there is nothing', async () => {
    show('/approvals/mine', {
      getRequests: async () => ({ items: [], totalItems: 0 }),
    });
    expect(
      await screen.findByText(/You have asked for nothing yet/),
    ).toBeVisible();
  });

  it('says so when the list cannot be read', async () => {
    show('/approvals/mine', {
      getRequests: async () => {
        throw new Error('The database is away');
      },
    });
    expect(
      await screen.findByText('The requests could not be read'),
    ).toBeVisible();
    expect(screen.getByText('The database is away')).toBeVisible();
  });
});

describe('the page of a request', () => {
  it('shows all that a decision needs', async () => {
    show(deciding, {
      getRequest: async () => ({ ...testRequest, may: approver }),
    });
    expect(
      await screen.findByRole('heading', { name: 'GPUs for spirals' }),
    ).toBeVisible();
    for (const text of [
      'Do wider networks need fewer examples?',
      'A workspace with 2 GPUs',
      'bob (acme)',
      'acme-leads',
      '640',
      'spirals',
      /Asked for by a task/,
    ]) {
      expect(screen.getByText(text)).toBeVisible();
    }
    expect(screen.queryByRole('button', { name: 'Start now' })).toBeNull();
  });

  it.each([
    ['Approve', 'approve', 'approved', 'Approved'],
    ['Reject', 'reject', 'rejected', 'Rejected'],
  ] as const)(
    'asks for a reason to %s',
    async (name, decision, state, shown) => {
      const decide = jest.fn(
        async (): Promise<ApprovalDetails> => ({ ...testRequest, state }),
      );
      show(deciding, {
        getRequest: async () => ({ ...testRequest, may: approver }),
        decide,
      });
      await userEvent.click(await screen.findByRole('button', { name }));
      const dialog = await screen.findByRole('dialog');
      expect(within(dialog).getByRole('button', { name })).toBeDisabled();
      await userEvent.type(within(dialog).getByLabelText(/Reason/), 'Because');
      await userEvent.click(within(dialog).getByRole('button', { name }));
      expect(await screen.findByText(shown)).toBeVisible();
      expect(decide).toHaveBeenCalledWith(testRequest.id, {
        decision,
        reason: 'Because',
      });
      expect(screen.queryByRole('button', { name })).toBeNull();
    },
  );

  it('hands a request to a colleague by username', async () => {
    const delegate = jest.fn(async () => testRequest);
    show(deciding, {
      getRequest: async () => ({ ...testRequest, may: approver }),
      delegate,
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Delegate' }),
    );
    const dialog = await screen.findByRole('dialog');
    await userEvent.type(within(dialog).getByLabelText(/To whom/), 'carol');
    await userEvent.type(within(dialog).getByLabelText(/Reason/), 'Away');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Delegate' }),
    );
    expect(delegate).toHaveBeenCalledWith(testRequest.id, {
      userRef: 'user:default/carol',
      reason: 'Away',
    });
  });

  it("says who was first when somebody else's decision won", async () => {
    show(deciding, {
      getRequest: jest
        .fn()
        .mockResolvedValueOnce({ ...testRequest, may: approver })
        .mockResolvedValue({ ...testRequest, state: 'rejected' }),
      decide: async () => {
        throw new Error('The request was rejected by alice already');
      },
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Approve' }),
    );
    const dialog = await screen.findByRole('dialog');
    await userEvent.type(
      within(dialog).getByLabelText(/Reason/),
      'Fine{Enter}',
    );
    expect(
      await screen.findByText('The request was rejected by alice already'),
    ).toBeVisible();
    expect(screen.getByText('Rejected')).toBeVisible();
  });

  it('starts what was approved with the parameters that were approved', async () => {
    const scaffold = jest.fn(async () => ({ taskId: 'fresh' }));
    show(
      own,
      {
        getRequest: async () => ({
          ...testRequest,
          state: 'approved',
          may: { ...nothing, start: true, cancel: true },
        }),
      },
      scaffold,
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Start now' }),
    );
    expect(scaffold).toHaveBeenCalledWith({
      templateRef: 'template:default/ml-research',
      values: { gpu: 2, name: 'spirals' },
    });
  });

  it('says what is different from what was approved before', async () => {
    show(own, {
      getRequest: async () => ({
        ...testRequest,
        previous: { id: 'before', differences: ['template'] },
      }),
    });
    expect(await screen.findByText('Different: template')).toBeVisible();
  });

  it('says that a request is not there', async () => {
    show(own, {
      getRequest: async () => {
        throw new Error('There is no request 1');
      },
    });
    expect(await screen.findByText('There is no request 1')).toBeVisible();
  });
});
