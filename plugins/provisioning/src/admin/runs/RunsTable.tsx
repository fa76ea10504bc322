import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import {
  Cell,
  CellText,
  ColumnConfig,
  Container,
  Text,
  useTable,
} from '@backstage/ui';
import type { Run } from '@formulary/plugin-provisioning-common';
import { useMemo } from 'react';
import { provisioningApiRef } from '../../api/provisioningApi';
import { useServices, useServiceTitles } from '../../api/useServiceTitles';
import { useLiveList } from '../../polling/useLiveList';
import { runsRouteRef } from '../../routes';
import { When } from '../../time/When';
import { FilterSelect, labelsOf } from '../FilterSelect';
import { ListBar } from '../ListBar';
import { RetryFailed } from './RetryFailed';
import { queryOf, useRunsFilter, type RunsFilter } from './RunsFilter';
import { runState } from './runState';
import { StateText } from '../StateText';
import { SteadyTable } from '../SteadyTable';
import { RUN_KINDS, RUN_SOURCES, RUN_STATES, shortName } from '../words';

/** A list of services is read to its end. */
const WRAPPED = { whiteSpace: 'normal' } as const;

const columnsOf = (
  titleOf: (service: string) => string,
): ColumnConfig<Run>[] => [
  {
    id: 'person',
    label: 'Person',
    isRowHeader: true,
    cell: run => (
      <CellText
        title={shortName(run.userRef) || 'Somebody who is gone'}
        description={run.organisation}
      />
    ),
  },
  {
    id: 'kind',
    label: 'What',
    cell: run => (
      <Cell>
        <Text as="p">{RUN_KINDS[run.kind]}</Text>
        <Text variant="body-small" color="secondary" style={WRAPPED}>
          {run.steps.map(({ service }) => titleOf(service)).join(', ')}
        </Text>
      </Cell>
    ),
  },
  {
    id: 'state',
    label: 'State',
    cell: run => (
      <Cell>
        <StateText {...runState(run, titleOf)} />
      </Cell>
    ),
  },
  {
    id: 'source',
    label: 'Asked by',
    cell: run => (
      <CellText
        title={shortName(run.requestedBy)}
        description={RUN_SOURCES[run.source]}
      />
    ),
  },
  {
    id: 'createdAt',
    label: 'Began',
    cell: run => (
      <Cell>
        <Text variant="body-small">
          <When at={run.createdAt} />
        </Text>
      </Cell>
    ),
  },
];

/** Everybody's runs, newest first. */
export const RunsTable = () => {
  const api = useApi(provisioningApiRef);
  const services = useServices();
  const titleOf = useServiceTitles();
  const columns = useMemo(() => columnsOf(titleOf), [titleOf]);
  const runsPath = useRouteRef(runsRouteRef);
  const [filter, setFilter] = useRunsFilter();
  const { tableProps, reload } = useTable<Run, RunsFilter>({
    mode: 'offset',
    filter,
    onFilterChange: setFilter,
    paginationOptions: { pageSize: 20 },
    getData: async ({ offset, pageSize, filter: wanted, signal }) => {
      const { items, totalItems } = await api.getRuns(
        {
          ...wanted,
          // What has failed and was done by a later run is nothing to see to.
          latest: wanted?.state === 'failed' ? true : undefined,
          offset,
          limit: pageSize,
        },
        { signal },
      );
      return { data: items, totalCount: totalItems };
    },
  });
  useLiveList(reload);
  return (
    <Container my="4">
      <ListBar onRefresh={reload}>
        <FilterSelect
          label="State"
          all="In any state"
          options={labelsOf(RUN_STATES)}
          value={filter.state}
          onChange={state => setFilter({ ...filter, state })}
        />
        <FilterSelect
          label="What"
          all="Of any kind"
          options={RUN_KINDS}
          value={filter.kind}
          onChange={kind => setFilter({ ...filter, kind })}
        />
        <FilterSelect
          label="Service"
          all="In any service"
          options={Object.fromEntries(
            services.map(({ service, title }) => [service, title]),
          )}
          value={filter.service}
          onChange={service => setFilter({ ...filter, service })}
        />
      </ListBar>
      <RetryFailed
        filter={filter}
        onShow={() => setFilter({ ...filter, state: 'failed' })}
        onRetried={() => {
          // Where they are seen to succeed: they are not failed any more.
          setFilter({ kind: filter.kind });
          reload();
        }}
      />
      <SteadyTable
        {...tableProps}
        columnConfig={columns}
        rowConfig={{ getHref: run => `${runsPath?.() ?? ''}/${run.id}` }}
        emptyState={
          <Text color="secondary">
            {queryOf(filter)
              ? 'No such run.'
              : 'No runs. The first one begins when somebody signs up.'}
          </Text>
        }
      />
    </Container>
  );
};
