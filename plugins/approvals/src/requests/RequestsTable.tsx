import { useApi } from '@backstage/frontend-plugin-api';
import {
  Alert,
  Button,
  Cell,
  CellText,
  ColumnConfig,
  Container,
  Flex,
  Select,
  Table,
  Text,
  useTable,
} from '@backstage/ui';
import type {
  Approval,
  ApprovalState,
} from '@formulary/plugin-approvals-common';
import { RiRefreshLine } from '@remixicon/react';
import { messageOf } from '@formulary/failure-messages';
import { approvalsApiRef } from '../api/approvalsApi';
import { useRequestSignals } from '../live/useRequestSignals';
import { shortName } from './shortName';
import { StateText } from './StateText';
import { useListPath } from './useListPath';
import { When } from './When';

/** Whose requests are listed. */
export type View = 'mine' | 'decide' | 'all';

interface Filter {
  state?: ApprovalState;
}

const EMPTY: Record<View, string> = {
  decide: 'Nothing waits for you. You are notified when somebody asks.',
  mine: 'You have asked for nothing yet. A template asks for you when a rule wants an approval.',
  all: 'Nobody has asked for anything in this state.',
};

const STATES: { id: ApprovalState | 'any'; label: string }[] = [
  { id: 'any', label: 'In any state' },
  { id: 'pending', label: 'Waits' },
  { id: 'approved', label: 'Approved' },
  { id: 'rejected', label: 'Rejected' },
  { id: 'expired', label: 'Expired' },
  { id: 'cancelled', label: 'Cancelled' },
  { id: 'used', label: 'Started' },
];

const columns: ColumnConfig<Approval>[] = [
  {
    id: 'title',
    label: 'What',
    minWidth: 200,
    isRowHeader: true,
    cell: ({ title, reason }) => (
      <CellText title={title} description={reason} />
    ),
  },
  {
    id: 'requester',
    label: 'Asked by',
    minWidth: 128,
    cell: ({ requester, organisation }) => (
      <CellText title={shortName(requester)} description={organisation} />
    ),
  },
  {
    id: 'state',
    label: 'State',
    minWidth: 112,
    cell: ({ state }) => (
      <Cell>
        <StateText state={state} />
      </Cell>
    ),
  },
  {
    id: 'createdAt',
    label: 'Asked',
    minWidth: 128,
    cell: ({ createdAt }) => (
      <Cell>
        <Text variant="body-small">
          <When at={createdAt} />
        </Text>
      </Cell>
    ),
  },
];

/** Requests, newest first. */
export const RequestsTable = ({ view }: { view: View }) => {
  const api = useApi(approvalsApiRef);
  const path = useListPath(view);
  const { tableProps, filter, reload } = useTable<Approval, Filter>({
    mode: 'offset',
    paginationOptions: { pageSize: 20 },
    // What is to be decided is what waits.
    initialFilter: view === 'decide' ? { state: 'pending' } : {},
    getData: async ({ offset, pageSize, filter: wanted, signal }) => {
      const { items, totalItems } = await api.getRequests(
        { view, ...wanted, offset, limit: pageSize },
        { signal },
      );
      return { data: items, totalCount: totalItems };
    },
  });
  useRequestSignals(undefined, reload);
  return (
    <Container my="4">
      <Flex justify="between" align="end" gap="3" mb="3">
        <Flex>
          <Select
            aria-label="State"
            size="small"
            options={STATES}
            value={filter.value?.state ?? 'any'}
            onChange={key =>
              filter.onChange({
                state: STATES.flatMap(({ id }) =>
                  id === key && id !== 'any' ? [id] : [],
                )[0],
              })
            }
          />
        </Flex>
        <Button
          size="small"
          variant="secondary"
          iconStart={<RiRefreshLine aria-hidden />}
          onPress={reload}
        >
          Refresh
        </Button>
      </Flex>
      {tableProps.error && (
        <Alert
          status="danger"
          icon
          mb="3"
          title="The requests could not be read"
          description={messageOf(tableProps.error)}
        />
      )}
      {(tableProps.data || !tableProps.error) && (
        <Table
          {...tableProps}
          error={undefined}
          // The list follows what happens, and would flicker each time.
          isStale={false}
          columnConfig={columns}
          rowConfig={{ getHref: ({ id }) => `${path}/${id}` }}
          emptyState={<Text color="secondary">{EMPTY[view]}</Text>}
        />
      )}
    </Container>
  );
};
