import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import {
  Button,
  Cell,
  CellText,
  ColumnConfig,
  Link,
  Table,
  Text,
  useTable,
} from '@backstage/ui';
import type {
  Drift,
  Reconciliation,
} from '@formulary/plugin-provisioning-common';
import { useEffect, useMemo, useState } from 'react';
import { provisioningApiRef } from '../../api/provisioningApi';
import { runsRouteRef } from '../../routes';
import { FilterSelect } from '../FilterSelect';
import { ListBar } from '../ListBar';
import { StateText } from '../StateText';
import {
  DRIFT_KINDS,
  DRIFT_MENDS,
  DRIFT_STATES,
  PERSON_STATES,
} from '../words';

type Filter = { kind?: Drift['kind']; service?: string };

/** What is too long for a line is wrapped, so that nothing is cut off. */
const Words = ({ children }: { children?: string }) => (
  <Text as="p" variant="body-small" style={{ whiteSpace: 'normal' }}>
    {children}
  </Text>
);

/** What a reconciliation found; the drifts to be mended are chosen here. */
export const DriftTable = (props: {
  plan: Reconciliation;
  busy: boolean;
  onApply(driftIds: string[]): Promise<void>;
}) => {
  const { plan, busy, onApply } = props;
  const api = useApi(provisioningApiRef);
  const runsPath = useRouteRef(runsRouteRef);
  const [chosen, setChosen] = useState<Set<string>>(new Set());
  const { tableProps, filter, reload } = useTable<Drift, Filter>({
    mode: 'offset',
    paginationOptions: { pageSize: 50 },
    getData: async ({ offset, pageSize, filter: wanted, signal }) => {
      const { items, totalItems } = await api.getDrifts(
        plan.id,
        { ...wanted, offset, limit: pageSize },
        { signal },
      );
      return { data: items, totalCount: totalItems };
    },
  });

  // What is shown is as new as the counts.
  const counts = JSON.stringify(plan.drifts);
  useEffect(() => {
    reload();
  }, [plan.id, counts, reload]);

  const columns = useMemo(
    (): ColumnConfig<Drift>[] => [
      {
        id: 'person',
        label: 'Person',
        isRowHeader: true,
        cell: ({ displayName, username, personState }) => (
          <CellText
            title={displayName}
            description={`${username} · ${PERSON_STATES[personState].words}`}
          />
        ),
      },
      {
        id: 'drift',
        label: 'Drift',
        cell: ({ kind, service }) => (
          <CellText title={DRIFT_KINDS[kind]} description={service} />
        ),
      },
      {
        id: 'found',
        label: 'What is',
        width: '2fr',
        cell: ({ found }) => (
          <Cell>
            <Words>{found}</Words>
          </Cell>
        ),
      },
      {
        id: 'wanted',
        label: 'What should be',
        width: '2fr',
        cell: ({ wanted }) => (
          <Cell>
            <Words>{wanted}</Words>
          </Cell>
        ),
      },
      {
        id: 'mend',
        label: 'Mended by',
        cell: ({ mend }) => (
          <Cell>
            <Words>{DRIFT_MENDS[mend]}</Words>
          </Cell>
        ),
      },
      {
        id: 'state',
        label: 'State',
        width: '2fr',
        cell: ({ state, message, runId }) => (
          <Cell>
            <StateText {...DRIFT_STATES[state]} />
            <Words>{state === 'applied' ? undefined : message}</Words>
            {runId && (
              <Link href={`${runsPath?.() ?? ''}/${runId}`}>See the run</Link>
            )}
          </Cell>
        ),
      },
    ],
    [runsPath],
  );

  const mendable = (tableProps.data ?? []).filter(
    ({ mend, state }) =>
      mend !== 'administrator' && (state === 'open' || state === 'failed'),
  );
  const selected = mendable.filter(({ id }) => chosen.has(id));
  const apply = async () => {
    await onApply(selected.map(({ id }) => id));
    setChosen(new Set());
  };

  return (
    <>
      <ListBar onRefresh={reload}>
        <FilterSelect
          label="Kind"
          all="Of any kind"
          options={DRIFT_KINDS}
          value={filter.value?.kind}
          onChange={kind => filter.onChange({ ...filter.value, kind })}
        />
        <FilterSelect
          label="Service"
          all="In any service"
          options={Object.fromEntries(
            plan.services.map(({ service }) => [service, service]),
          )}
          value={filter.value?.service}
          onChange={service => filter.onChange({ ...filter.value, service })}
        />
        <Button
          size="small"
          isDisabled={busy || selected.length === 0 || plan.state === 'running'}
          onPress={apply}
        >
          Mend {selected.length} chosen
        </Button>
      </ListBar>
      <Table
        {...tableProps}
        columnConfig={columns}
        selection={{
          mode: 'multiple',
          behavior: 'toggle',
          selected: chosen,
          onSelectionChange: keys =>
            setChosen(
              new Set(
                keys === 'all'
                  ? mendable.map(({ id }) => id)
                  : [...keys].map(String),
              ),
            ),
        }}
        rowConfig={{
          getIsDisabled: drift => !mendable.includes(drift),
        }}
        emptyState={
          <Text color="secondary">
            {plan.state === 'running'
              ? 'Nothing found so far.'
              : 'No drift of this kind.'}
          </Text>
        }
      />
    </>
  );
};
