import { renderInTestApp } from '@backstage/frontend-test-utils';
import type {
  ProvisioningApi,
  Run,
  RunSignal,
} from '@formulary/plugin-provisioning-common';
import { signalApiRef, type SignalApi } from '@backstage/plugin-signals-react';
import type { JsonObject } from '@backstage/types';
import { act, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route, Routes } from 'react-router-dom';
import { provisioningApiRef } from '../../api/provisioningApi';
import { runsRouteRef } from '../../routes';
import { RunsPage } from './RunsPage';

const now = new Date().toISOString();
const failed: Run = {
  id: '6e3b6d0c-2f6e-4b0e-9c1e-0d9d3f0a1b2c',
  kind: 'onboard',
  state: 'failed',
  source: 'webhook',
  requestedBy: 'keycloak',
  userRef: 'user:default/bob',
  organisation: 'acme',
  createdAt: now,
  finishedAt: now,
  steps: [
    {
      id: '5f2c1d7e-0000-4000-8000-000000000001',
      service: 'gitea',
      state: 'failed',
      message: 'Gitea could not create bob: the name is reserved',
      attempts: 1,
    },
  ],
};

class FakeSignals implements SignalApi {
  private readonly listeners = new Set<(message: JsonObject) => void>();

  subscribe<T extends JsonObject>(
    _channel: string,
    onMessage: (message: T) => void,
  ) {
    const listener = (message: JsonObject) => onMessage(message as T);
    this.listeners.add(listener);
    return { unsubscribe: () => this.listeners.delete(listener) };
  }

  tell(signal: RunSignal) {
    this.listeners.forEach(listener => listener({ ...signal }));
  }
}

function show(
  path: string,
  api: Partial<ProvisioningApi>,
  signals = new FakeSignals(),
) {
  return renderInTestApp(
    <Routes>
      <Route path="/provisioning/runs/*" element={<RunsPage />} />
    </Routes>,
    {
      initialRouteEntries: [path],
      mountedRoutes: { '/provisioning/runs': runsRouteRef },
      apis: [
        [provisioningApiRef, api as ProvisioningApi],
        [signalApiRef, signals],
      ],
    },
  );
}

describe('RunsPage', () => {
  it('lists runs, each with the way to its page', async () => {
    show('/provisioning/runs', {
      getRuns: async () => ({ items: [failed], totalItems: 1 }),
    });
    const row = await screen.findByRole('row', { name: /bob/ });
    expect(row).toHaveTextContent('Prepare');
    expect(row).toHaveTextContent('Failed');
    expect(row).toHaveAttribute(
      'data-href',
      expect.stringContaining(`/provisioning/runs/${failed.id}`),
    );
  });

  it('says which services a run waits for or failed in, by their titles', async () => {
    const step = failed.steps[0];
    show('/provisioning/runs', {
      getServiceInfos: async () => [
        { service: 'gitea', title: 'Gitea', url: 'https://gitea.example' },
        { service: 'chat', title: 'Acme Chat', url: 'https://chat.example' },
      ],
      getRuns: async () => ({
        items: [
          failed,
          {
            ...failed,
            id: 'b',
            userRef: 'user:default/carol',
            state: 'running',
            steps: [
              { ...step, state: 'succeeded' },
              { ...step, id: 'c', service: 'chat', state: 'waiting' },
            ],
          },
        ],
        totalItems: 2,
      }),
    });
    expect(await screen.findByText('Failed in Gitea')).toBeVisible();
    const waiting = screen.getByRole('row', { name: /carol/ });
    expect(waiting).toHaveTextContent('Waiting for Acme Chat');
    expect(waiting).toHaveTextContent('Gitea, Acme Chat');
  });

  it('shows a run that begins while somebody looks', async () => {
    const signals = new FakeSignals();
    let items: Run[] = [];
    const getRuns = async () => ({ items, totalItems: items.length });
    show('/provisioning/runs', { getRuns }, signals);
    expect(await screen.findByText(/^No runs/)).toBeVisible();
    items = [failed];
    act(() => signals.tell({ runId: failed.id, userRef: failed.userRef }));
    expect(
      await screen.findByRole('row', { name: /bob/ }, { timeout: 5_000 }),
    ).toBeVisible();
  });

  it('says how many runs failed, tries them all again with one press, and says which cannot be', async () => {
    let left = [failed, { ...failed, id: 'b' }, { ...failed, id: 'c' }];
    const getRuns = jest.fn(async () => ({
      items: left,
      totalItems: left.length,
    }));
    const retryRun = jest.fn(async (id: string) => {
      if (id === 'b') throw new Error('Bob has gone');
      left = left.filter(run => run.id !== id);
      return failed;
    });
    show('/provisioning/runs', { getRuns, retryRun });
    expect(await screen.findByText('3 runs failed')).toBeVisible();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Retry 3 failed' }),
    );
    expect(
      await screen.findByText(
        '2 runs are tried again, 1 cannot be: Bob has gone',
      ),
    ).toBeVisible();
    expect(retryRun.mock.calls.map(([id]) => id).sort()).toEqual(
      ['b', 'c', failed.id].sort(),
    );
    expect(
      await screen.findByRole('button', { name: 'Retry 1 failed' }),
    ).toBeEnabled();
  });

  it('tries more failed runs again than one page holds', async () => {
    const all = Array.from({ length: 250 }, (_, index) => ({
      ...failed,
      id: String(index),
    }));
    const getRuns = jest.fn(
      async ({
        offset = 0,
        limit = 20,
      }: { offset?: number; limit?: number } = {}) => ({
        items: all.slice(offset, offset + limit),
        totalItems: all.length,
      }),
    );
    const retryRun = jest.fn(async () => failed);
    show('/provisioning/runs', { getRuns, retryRun });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Retry 250 failed' }),
    );
    expect(await screen.findByText('250 runs are tried again')).toBeVisible();
    expect(retryRun).toHaveBeenCalledTimes(250);
  });

  it('shows the runs that an address asks for', async () => {
    const getRuns = jest.fn(async () => ({ items: [], totalItems: 0 }));
    show('/provisioning/runs?state=failed&service=chat', { getRuns });
    expect(await screen.findByText('No such run.')).toBeVisible();
    expect(getRuns).toHaveBeenCalledWith(
      { state: 'failed', service: 'chat', latest: true, offset: 0, limit: 20 },
      expect.anything(),
    );
  });

  it('shows why a step failed and what happened, and tries again', async () => {
    const retryRun = jest.fn(async () => ({
      ...failed,
      state: 'succeeded' as const,
      steps: [],
    }));
    show(`/provisioning/runs/${failed.id}`, {
      getRun: jest
        .fn()
        .mockResolvedValueOnce(failed)
        .mockImplementation(async () => retryRun()),
      getRunEvents: async () => [
        {
          id: '1',
          at: now,
          type: 'step.failed',
          actor: 'provisioning',
          service: 'gitea',
          message: 'reserved, it said',
        },
      ],
      retryRun,
    });
    expect(
      await screen.findByText(
        'Gitea could not create bob: the name is reserved',
      ),
    ).toBeVisible();
    expect(screen.getByText('reserved, it said')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Retry' }));
    expect(await screen.findByText('Succeeded')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Retry' })).toBeNull();
  });

  it('lets a cancelled run go on', async () => {
    const resumeRun = jest.fn(async () => ({
      ...failed,
      state: 'succeeded' as const,
      steps: [],
    }));
    show(`/provisioning/runs/${failed.id}`, {
      getRun: jest
        .fn()
        .mockResolvedValueOnce({ ...failed, state: 'cancelled' })
        .mockImplementation(async () => resumeRun()),
      getRunEvents: async () => [],
      resumeRun,
    });
    const resume = await screen.findByRole('button', { name: 'Resume' });
    expect(screen.queryByRole('button', { name: 'Retry' })).toBeNull();
    await userEvent.click(resume);
    expect(await screen.findByText('Succeeded')).toBeVisible();
    expect(resumeRun).toHaveBeenCalledWith(failed.id);
  });

  describe('rolls back', () => {
    const halfway: Run = {
      ...failed,
      steps: [
        ...failed.steps,
        {
          id: '5f2c1d7e-0000-4000-8000-000000000002',
          service: 'coder',
          state: 'succeeded',
          outcome: 'created',
          attempts: 1,
        },
      ],
    };
    const account = { service: 'coder', title: 'Coder', username: 'bob' };

    it('after it has shown what is removed', async () => {
      const rollBackRun = jest.fn(async () => ({
        ...halfway,
        id: 'the-rollback',
        kind: 'rollback' as const,
        rollsBack: halfway.id,
      }));
      show(`/provisioning/runs/${halfway.id}`, {
        getRun: async id => (id === halfway.id ? halfway : rollBackRun()),
        getRunEvents: async () => [],
        previewRollback: async () => ({ accounts: [account] }),
        rollBackRun,
      });
      await userEvent.click(
        await screen.findByRole('button', { name: 'Roll back …' }),
      );
      expect(await screen.findByText('Coder: bob')).toBeVisible();
      expect(rollBackRun).not.toHaveBeenCalled();
      await userEvent.click(
        screen.getByRole('button', { name: 'Remove these accounts' }),
      );
      expect(
        await screen.findByText('The run that is rolled back'),
      ).toBeVisible();
      expect(rollBackRun).toHaveBeenCalledWith(halfway.id);
    });

    it('not while an account is in use', async () => {
      show(`/provisioning/runs/${halfway.id}`, {
        getRun: async () => halfway,
        getRunEvents: async () => [],
        previewRollback: async () => ({
          accounts: [{ ...account, obstacle: 'bob has workspaces: web-shop' }],
        }),
      });
      await userEvent.click(
        await screen.findByRole('button', { name: 'Roll back …' }),
      );
      expect(
        await screen.findByText('bob has workspaces: web-shop'),
      ).toBeVisible();
      expect(
        screen.getByRole('button', { name: 'Remove these accounts' }),
      ).toBeDisabled();
    });

    it('nothing where the run has made nothing, or was rolled back', async () => {
      show(`/provisioning/runs/${halfway.id}`, {
        getRun: async () => ({ ...halfway, rolledBackBy: 'the-rollback' }),
        getRunEvents: async () => [],
      });
      expect(await screen.findByText('This run was rolled back')).toBeVisible();
      expect(screen.queryByRole('button', { name: 'Roll back …' })).toBeNull();
      expect(screen.queryByRole('button', { name: 'Retry' })).toBeNull();
    });
  });

  it('says that a run is not there', async () => {
    show('/provisioning/runs/nothing', {
      getRun: async () => {
        throw new Error('There is no run nothing');
      },
      getRunEvents: async () => [],
    });
    expect(await screen.findByText('There is no run nothing')).toBeVisible();
  });
});
