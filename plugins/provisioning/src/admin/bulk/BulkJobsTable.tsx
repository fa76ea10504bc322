import { useApi } from '@backstage/frontend-plugin-api';
import { Cell, CellText, ColumnConfig, Text, useTable } from '@backstage/ui';
import type { BulkJob } from '@formulary/plugin-provisioning-common';
import { provisioningApiRef } from '../../api/provisioningApi';
import { useLiveList } from '../../polling/useLiveList';
import { When } from '../../time/When';
import { StateText } from '../StateText';
import { SteadyTable } from '../SteadyTable';
import { shortName } from '../words';
import {
  BULK_OPERATIONS,
  countsInWords,
  sourceInWords,
  stateOfJob,
} from './bulkWords';

const columns: ColumnConfig<BulkJob>[] = [
  {
    id: 'source',
    label: 'For',
    isRowHeader: true,
    cell: job => (
      <CellText
        title={sourceInWords(job)}
        description={
          job.totalLines === 1 ? '1 line' : `${job.totalLines} lines`
        }
      />
    ),
  },
  {
    id: 'operation',
    label: 'What',
    cell: ({ operation, reason }) => (
      <CellText title={BULK_OPERATIONS[operation].title} description={reason} />
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
    cell: job => (
      <Cell>
        <Text variant="body-small" style={{ whiteSpace: 'normal' }}>
          {countsInWords(job)}
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

/** What was asked for in bulk so far, newest first; each leads to its progress and report. */
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
        <Text color="secondary">Nothing was asked for in bulk so far.</Text>
      }
    />
  );
};
