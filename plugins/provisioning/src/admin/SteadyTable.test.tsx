import { renderInTestApp } from '@backstage/frontend-test-utils';
import { CellText, type TableProps } from '@backstage/ui';
import { screen, waitFor } from '@testing-library/react';
import { SteadyTable } from './SteadyTable';

type Row = { id: string };

const props: TableProps<Row> = {
  columnConfig: [
    {
      id: 'name',
      label: 'Name',
      isRowHeader: true,
      cell: ({ id }) => <CellText title={id} />,
    },
  ],
  data: [{ id: 'bob' }],
  pagination: { type: 'none' },
};

const table = () => screen.getByRole('grid');

describe('SteadyTable', () => {
  it('does not fade while its rows are read anew, unless that takes long', async () => {
    renderInTestApp(<SteadyTable {...props} isStale />);
    expect(await screen.findByText('bob')).toBeVisible();
    expect(table()).not.toHaveAttribute('data-stale', 'true');
    await waitFor(() => expect(table()).toHaveAttribute('data-stale', 'true'));
  });

  it('keeps the rows when they cannot be read anew, and says so', async () => {
    renderInTestApp(
      <SteadyTable {...props} error={new Error('The portal is away')} />,
    );
    expect(await screen.findByText('bob')).toBeVisible();
    expect(screen.getByText(/may be out of date/)).toBeVisible();
    expect(screen.getByText('The portal is away')).toBeVisible();
  });

  it('shows no empty table when nothing could be read', async () => {
    renderInTestApp(
      <SteadyTable
        {...props}
        data={undefined}
        error={new Error('The portal is away')}
      />,
    );
    expect(await screen.findByText('The list could not be read')).toBeVisible();
    expect(screen.queryByRole('grid')).toBeNull();
  });
});
