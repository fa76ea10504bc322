import { useApi } from '@backstage/frontend-plugin-api';
import { Cell, CellText, ColumnConfig, Text, useTable } from '@backstage/ui';
import type { BulkJob } from '@formulary/plugin-provisioning-common';
import { provisioningApiRef } from '../../api/provisioningApi';
import { useLiveList } from '../../polling/useLiveList';
import { When } from '../../time/When';
import { StateText } from '../StateText';
import { SteadyTable } from '../SteadyTable';
import { shortName } from '../words';
import { countsInWords, stateOfJob } from './bulkWords';

const columns: ColumnConfig<BulkJob>[] = [
  {
    id: 'source',
    label: 'For',
    isRowHeader: true,
    cell: ({ group, totalLines }) => (
      <CellText
        title={group ? `Group ${group.replace(/^.*\//, '')}` : 'File'}
        description={totalLines === 1 ? '1 line' : `${totalLines} lines`}
      />
    ),
  },
  {
    id: 'state',
    label: 'State',
    cell: job => (
      <Cell>
        <StateText {...stateOfJob(job)} />
      </Cell>
    ),
  },
  {
    id: 'counts',
    label: 'What became of the lines',
    width: '2fr',
    cell: ({ counts }) => (
      <Cell>
        <Text variant="body-small" style={{ whiteSpace: 'normal' }}>
          {countsInWords(counts)}
        </Text>
      </Cell>
    ),
  },
  {
    id: 'requestedBy',
    label: 'Asked for by',
    cell: ({ requestedBy, createdAt }) => (
      <Cell>
        <Text as="p">{shortName(requestedBy)}</Text>
        <Text variant="body-small" color="secondary">
          <When at={createdAt} />
        </Text>
      </Cell>
    ),
  },
];

/** Bulk onboardings so far, newest first; each leads to its progress and report. */
export const BulkJobsTable = () => {
  const api = useApi(provisioningApiRef);
  const { tableProps, reload } = useTable<BulkJob>({
    mode: 'offset',
    paginationOptions: { pageSize: 20 },
    getData: async ({ offset, pageSize, signal }) => {
      const { items, totalItems } = await api.getBulkJobs(
        { offset, limit: pageSize },
        { signal },
      );
      return { data: items, totalCount: totalItems };
    },
  });
  useLiveList(reload);
  return (
    <SteadyTable
      {...tableProps}
      columnConfig={columns}
      rowConfig={{ getHref: ({ id }) => `?job=${id}` }}
      emptyState={
        <Text color="secondary">
          Nobody has prepared accounts in bulk so far.
        </Text>
      }
    />
  );
};
