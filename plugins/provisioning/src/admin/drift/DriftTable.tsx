import { useApi } from '@backstage/frontend-plugin-api';
import { Button, Text, useTable } from '@backstage/ui';
import type {
  Drift,
  Reconciliation,
} from '@formulary/plugin-provisioning-common';
import { useEffect, useState } from 'react';
import { provisioningApiRef } from '../../api/provisioningApi';
import { useServiceTitles } from '../../api/useServiceTitles';
import { FilterSelect } from '../FilterSelect';
import { ListBar } from '../ListBar';
import { SteadyTable } from '../SteadyTable';
import { DRIFT_KINDS } from '../words';
import { BlockDialog } from './BlockDialog';
import { useDriftColumns } from './useDriftColumns';

type Filter = { kind?: Drift['kind']; service?: string };

/** What a reconciliation found; the drifts to be mended are chosen here. */
export const DriftTable = (props: {
  plan: Reconciliation;
  busy: boolean;
  onApply(driftIds: string[]): Promise<void>;
}) => {
  const { plan, busy, onApply } = props;
  const api = useApi(provisioningApiRef);
  const titleOf = useServiceTitles();
  const columns = useDriftColumns(titleOf);
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

  const mendable = (tableProps.data ?? []).filter(
    ({ mend, state }) =>
      mend !== 'administrator' && (state === 'open' || state === 'failed'),
  );
  const selected = mendable.filter(({ id }) => chosen.has(id));
  const strangers = selected.filter(({ mend }) => mend === 'block');
  const [asking, setAsking] = useState(false);
  const apply = async () => {
    setAsking(false);
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
            plan.services.map(({ service }) => [service, titleOf(service)]),
          )}
          value={filter.value?.service}
          onChange={service => filter.onChange({ ...filter.value, service })}
        />
        <Button
          size="small"
          isDisabled={busy || selected.length === 0 || plan.state === 'running'}
          onPress={() => (strangers.length > 0 ? setAsking(true) : apply())}
        >
          {selected.length > 0 ? `Mend ${selected.length} chosen` : 'Mend'}
        </Button>
      </ListBar>
      <SteadyTable
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
                  ? // Accounts of strangers are chosen one by one.
                    mendable
                      .filter(({ mend }) => mend !== 'block')
                      .map(({ id }) => id)
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
      {asking && (
        <BlockDialog
          drifts={strangers}
          titleOf={titleOf}
          onConfirm={apply}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
};
