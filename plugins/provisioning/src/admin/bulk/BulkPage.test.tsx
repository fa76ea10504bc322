import { renderInTestApp } from '@backstage/frontend-test-utils';
import { CatalogApi, catalogApiRef } from '@backstage/plugin-catalog-react';
import type {
  BulkJob,
  BulkPreview,
  ProvisioningApi,
  Run,
} from '@formulary/plugin-provisioning-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Navigate, Route, Routes } from 'react-router-dom';
import { provisioningApiRef } from '../../api/provisioningApi';
import { runsRouteRef } from '../../routes';
import { BulkPage } from './BulkPage';

const preview: BulkPreview = {
  lines: [
    { line: 2, given: 'bob', userRef: 'user:default/bob', verdict: 'onboard' },
    {
      line: 3,
      given: 'strnger',
      verdict: 'refused',
      message: 'Nobody called strnger is known',
    },
  ],
  counts: { onboard: 1, unchanged: 0, suspended: 0, refused: 1 },
};

const job: BulkJob = {
  id: '6e3b6d0c-2f6e-4b0e-9c1e-0d9d3f0a1b2c',
  state: 'finished',
  operation: 'onboard',
  source: 'file',
  requestedBy: 'user:default/priya',
  createdAt: new Date().toISOString(),
  totalLines: 2,
  counts: {
    waiting: 0,
    running: 0,
    succeeded: 1,
    failed: 0,
    cancelled: 0,
    unchanged: 0,
    suspended: 0,
    refused: 1,
  },
};

const groups = ['globex', 'acme'].map(name => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name, namespace: 'default' },
}));

const page = (...items: BulkJob[]) => ({ items, totalItems: items.length });

function show(
  api: Partial<ProvisioningApi>,
  path = '/provisioning/bulk',
  catalog: Partial<CatalogApi> = {},
) {
  return renderInTestApp(<BulkPage />, {
    initialRouteEntries: [path],
    mountedRoutes: { '/provisioning/runs': runsRouteRef },
    apis: [
      [
        provisioningApiRef,
        { getBulkJobs: async () => page(), ...api } as ProvisioningApi,
      ],
      [catalogApiRef, catalog as CatalogApi],
    ],
  });
}

const getBulkLines = async () => ({
  items: [
    {
      line: 2,
      given: 'bob',
      userRef: 'user:default/bob',
      state: 'succeeded' as const,
    },
    {
      line: 3,
      given: 'strnger',
      state: 'refused' as const,
      message: 'Nobody called strnger is known',
    },
  ],
  totalItems: 2,
});

describe('BulkPage', () => {
  it('shows what pasted lines would lead to, begins, and shows how far it is', async () => {
    const startBulk = jest.fn(async () => job);
    show({
      previewBulk: async () => preview,
      startBulk,
      getBulk: async () => job,
      getBulkLines,
    });
    const start = /Prepare the accounts of/;
    expect(screen.queryByRole('button', { name: start })).toBeNull();
    await userEvent.type(
      await screen.findByLabelText('Or paste the lines'),
      'user\nbob\nstrnger',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Preview' }));
    expect(
      await screen.findByText('Nobody called strnger is known'),
    ).toBeVisible();
    await userEvent.click(
      screen.getByRole('button', { name: 'Prepare the accounts of 1' }),
    );
    expect(startBulk).toHaveBeenCalledWith('user\nbob\nstrnger', {
      operation: 'onboard',
    });
    expect(await screen.findByText(/2 of 2 lines are done/)).toBeVisible();
    expect(await screen.findByRole('row', { name: /bob/ })).toHaveTextContent(
      'Succeeded',
    );
  });

  it('lists those before, and leads to their progress and report', async () => {
    const ofGroup: BulkJob = {
      ...job,
      source: 'group',
      id: '5f2c1d7e-0000-4000-8000-000000000042',
      group: 'group:default/acme-developers',
      counts: { ...job.counts, refused: 0, succeeded: 2 },
    };
    show({
      getBulkJobs: async () => page(ofGroup, job),
      getBulk: async () => ofGroup,
      getBulkLines,
    });
    const rows = await screen.findAllByRole('row', { name: /2 lines/ });
    expect(rows[0]).toHaveTextContent('Group acme-developers');
    expect(rows[0]).toHaveTextContent('2 prepared');
    expect(rows[0]).toHaveTextContent('priya');
    expect(rows[1]).toHaveTextContent('Done, but for 1');
    expect(rows[1]).toHaveTextContent('1 prepared, 1 not possible');
    await userEvent.click(within(rows[0]).getByText('Group acme-developers'));
    expect(await screen.findByRole('button', { name: 'Report' })).toBeVisible();
  });

  it('sends a chosen file as it is', async () => {
    const previewBulk = jest.fn(async () => preview);
    show({ previewBulk });
    const file = new File(['user\nbob\n'], 'people.csv', { type: 'text/csv' });
    await userEvent.upload(await screen.findByLabelText(/CSV file/), file);
    await userEvent.click(screen.getByRole('button', { name: 'Preview' }));
    expect(await screen.findByText(/2 lines: 1 to prepare/)).toBeVisible();
    expect(previewBulk).toHaveBeenCalledWith(file, { operation: 'onboard' });
  });

  it('takes a group of the catalog in place of a file', async () => {
    const previewBulk = jest.fn(async () => preview);
    const startBulk = jest.fn(async () => job);
    show(
      { previewBulk, startBulk, getBulk: async () => job, getBulkLines },
      undefined,
      { getEntities: async () => ({ items: groups }) },
    );
    await userEvent.click(
      await screen.findByRole('radio', { name: 'A group of the catalog' }),
    );
    expect(screen.getByRole('button', { name: 'Preview' })).toBeDisabled();
    await userEvent.click(await screen.findByRole('button', { name: /Group/ }));
    await userEvent.click(await screen.findByRole('option', { name: 'acme' }));
    await userEvent.click(screen.getByRole('button', { name: 'Preview' }));
    expect(await screen.findByText(/2 lines: 1 to prepare/)).toBeVisible();
    await userEvent.click(
      screen.getByRole('button', { name: 'Prepare the accounts of 1' }),
    );
    const source = { group: 'group:default/acme' };
    const operation = { operation: 'onboard' };
    expect(previewBulk).toHaveBeenCalledWith(source, operation);
    expect(startBulk).toHaveBeenCalledWith(source, operation);
    expect(await screen.findByText(/2 of 2 lines are done/)).toBeVisible();
  });

  describe('with what was chosen on another page', () => {
    const persons = ['user:default/bob', 'user:default/carol'];
    const suspension: BulkPreview = {
      lines: [
        {
          line: 1,
          given: persons[0],
          userRef: persons[0],
          accounts: ['gitea', 'coder'],
          verdict: 'suspend',
        },
        {
          line: 2,
          given: persons[1],
          userRef: persons[1],
          accounts: [],
          verdict: 'unchanged',
          message: 'Is suspended already',
        },
      ],
      counts: { suspend: 1, unchanged: 1, suspended: 0, refused: 0 },
    };
    const wish = (operation: string) => (
      <Navigate to="/bulk" replace state={{ operation, persons }} />
    );

    function showWish(operation: string, api: Partial<ProvisioningApi>) {
      return renderInTestApp(
        <Routes>
          <Route path="/" element={wish(operation)} />
          <Route path="/bulk" element={<BulkPage />} />
        </Routes>,
        {
          mountedRoutes: { '/provisioning/runs': runsRouteRef },
          apis: [
            [
              provisioningApiRef,
              {
                getBulkJobs: async () => page(),
                getBulk: async () => job,
                getBulkLines,
                ...api,
              } as ProvisioningApi,
            ],
            [catalogApiRef, {} as CatalogApi],
          ],
        },
      );
    }

    it('shows at once what a suspension would do, and begins it for a reason', async () => {
      const previewBulk = jest.fn(async () => suspension);
      const startBulk = jest.fn(async () => job);
      showWish('suspend', { previewBulk, startBulk });
      const row = await screen.findByRole('row', { name: /bob/ });
      expect(row).toHaveTextContent('gitea, coder');
      expect(screen.getByText(/1 to suspend, 1 with nothing/)).toBeVisible();
      expect(previewBulk).toHaveBeenCalledWith(
        { persons },
        { operation: 'suspend' },
      );
      await userEvent.click(
        screen.getByRole('button', { name: 'Suspend 1 person …' }),
      );
      const confirm = screen.getByRole('button', { name: 'Suspend 1 person' });
      expect(confirm).toBeDisabled();
      await userEvent.type(
        screen.getByRole('textbox', { name: /Reason/ }),
        'Contract ended{Enter}',
      );
      expect(startBulk).toHaveBeenCalledWith(
        { persons },
        { operation: 'suspend', reason: 'Contract ended', confirm: 1 },
      );
    });

    it('removes only after the number of people was typed', async () => {
      const startBulk = jest.fn(async () => job);
      showWish('remove', {
        previewBulk: async () => ({
          ...suspension,
          counts: { remove: 12, unchanged: 0, suspended: 0, refused: 0 },
        }),
        startBulk,
      });
      await userEvent.click(
        await screen.findByRole('button', {
          name: 'Remove the accounts of 12 people …',
        }),
      );
      await userEvent.type(
        screen.getByRole('textbox', { name: /Reason/ }),
        'Left',
      );
      const confirm = screen.getByRole('button', {
        name: 'Remove the accounts of 12 people',
      });
      const number = screen.getByRole('textbox', { name: /Type 12/ });
      await userEvent.type(number, '1');
      expect(confirm).toBeDisabled();
      await userEvent.type(number, '2');
      await userEvent.click(confirm);
      expect(startBulk).toHaveBeenCalledWith(
        { persons },
        { operation: 'remove', reason: 'Left', confirm: 12 },
      );
    });

    it('begins nothing of a preview of something else', async () => {
      showWish('suspend', { previewBulk: async () => suspension });
      await screen.findByRole('button', { name: 'Suspend 1 person …' });
      await userEvent.click(screen.getByRole('button', { name: /What to do/ }));
      await userEvent.click(
        await screen.findByRole('option', { name: 'Remove accounts' }),
      );
      expect(screen.queryByRole('button', { name: /1 person/ })).toBeNull();
      expect(screen.queryByRole('row', { name: /bob/ })).toBeNull();
    });
  });

  it.each([
    ['that there is none', async () => ({ items: [] }), /has no groups yet/],
    [
      'that they could not be read',
      async () => {
        throw new Error('The catalog is away');
      },
      'The catalog is away',
    ],
  ])('says of groups %s', async (_what, getEntities, words) => {
    show({}, undefined, { getEntities });
    await userEvent.click(
      await screen.findByRole('radio', { name: 'A group of the catalog' }),
    );
    expect(await screen.findByText(words)).toBeVisible();
  });

  it('says why a file cannot be used, and begins nothing', async () => {
    show({
      previewBulk: async () => {
        throw new Error('The file has no column "user"');
      },
    });
    await userEvent.type(
      await screen.findByLabelText('Or paste the lines'),
      'name',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Preview' }));
    expect(
      await screen.findByText('The file has no column "user"'),
    ).toBeVisible();
    expect(
      screen.queryByRole('button', { name: /^Prepare the accounts of/ }),
    ).toBeNull();
  });

  it('finds a file that is under way again, and hands out the report', async () => {
    const getBulkReport = jest.fn(async () => {
      throw new Error('The report is away');
    });
    show(
      { getBulk: async () => job, getBulkLines, getBulkReport },
      `/provisioning/bulk?job=${job.id}`,
    );
    expect(await screen.findByText(/2 of 2 lines are done/)).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Report' }));
    expect(await screen.findByText('The report is away')).toBeVisible();
    expect(getBulkReport).toHaveBeenCalledWith(job.id);
  });

  it('retries what failed for its lines with one press, and follows them', async () => {
    let failed = 2;
    const getBulk = jest.fn(async () => ({
      ...job,
      state: failed > 0 ? ('finished' as const) : ('running' as const),
      counts: {
        ...job.counts,
        succeeded: 0,
        refused: 0,
        failed,
        running: 2 - failed,
      },
    }));
    const lines = jest.fn(async () => ({
      items: ['one', 'two'].map((runId, index) => ({
        line: index + 2,
        given: runId,
        state: failed > 0 ? ('failed' as const) : ('running' as const),
        runId,
      })),
      totalItems: 2,
    }));
    const retryRun = jest.fn(async () => {
      failed -= 1;
      return {} as Run;
    });
    show(
      { getBulk, getBulkLines: lines, retryRun },
      `/provisioning/bulk?job=${job.id}`,
    );
    expect(await screen.findAllByText('Failed')).not.toHaveLength(0);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Retry 2 failed' }),
    );
    expect(await screen.findByText('2 runs are tried again')).toBeVisible();
    expect(retryRun.mock.calls).toEqual([['one'], ['two']]);
    const row = await screen.findByRole('row', { name: /one/ });
    expect(row).toHaveTextContent('Under way');
    expect(screen.queryByRole('button', { name: /^Retry/ })).toBeNull();
  });
});
