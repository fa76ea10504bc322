import { renderInTestApp } from '@backstage/frontend-test-utils';
import { CatalogApi, catalogApiRef } from '@backstage/plugin-catalog-react';
import type {
  BulkJob,
  BulkPreview,
  ProvisioningApi,
} from '@formulary/plugin-provisioning-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
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
    expect(startBulk).toHaveBeenCalledWith('user\nbob\nstrnger');
    expect(await screen.findByText(/2 of 2 lines are done/)).toBeVisible();
    expect(await screen.findByRole('row', { name: /bob/ })).toHaveTextContent(
      'Succeeded',
    );
  });

  it('lists those before, and leads to their progress and report', async () => {
    const ofGroup: BulkJob = {
      ...job,
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
    expect(previewBulk).toHaveBeenCalledWith(file);
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
    expect(previewBulk).toHaveBeenCalledWith(source);
    expect(startBulk).toHaveBeenCalledWith(source);
    expect(await screen.findByText(/2 of 2 lines are done/)).toBeVisible();
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
    expect(screen.queryByRole('button', { name: /Prepare/ })).toBeNull();
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
});
