import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import {
  Cell,
  CellText,
  ColumnConfig,
  Link,
  Text,
  useTable,
} from '@backstage/ui';
import type {
  BulkLine,
  BulkLineState,
} from '@formulary/plugin-provisioning-common';
import { useEffect, useMemo, useRef } from 'react';
import { provisioningApiRef } from '../../api/provisioningApi';
import { runsRouteRef } from '../../routes';
import { FilterSelect, labelsOf } from '../FilterSelect';
import { ListBar } from '../ListBar';
import { StateText } from '../StateText';
import { SteadyTable } from '../SteadyTable';
import { BULK_LINE_STATES, shortName } from '../words';

type Row = BulkLine & { id: string };
type Filter = { state?: BulkLineState };

/** Lines of a bulk job. */
export const BulkLinesTable = (props: {
  id: string;
  /** The lines are read again when it changes. */
  version: string;
}) => {
  const { id, version } = props;
  const api = useApi(provisioningApiRef);
  const runsPath = useRouteRef(runsRouteRef);
  const { tableProps, filter, reload } = useTable<Row, Filter>({
    mode: 'offset',
    paginationOptions: { pageSize: 20 },
    getData: async ({ offset, pageSize, filter: wanted, signal }) => {
      const { items, totalItems } = await api.getBulkLines(
        id,
        { ...wanted, offset, limit: pageSize },
        { signal },
      );
      return {
        data: items.map(line => ({ ...line, id: String(line.line) })),
        totalCount: totalItems,
      };
    },
  });
  const shown = useRef(version);
  useEffect(() => {
    if (shown.current === version) return;
    shown.current = version;
    reload();
  }, [version, reload]);

  const columns = useMemo(
    (): ColumnConfig<Row>[] => [
      {
        id: 'line',
        label: 'Line',
        width: 80,
        minWidth: 80,
        cell: ({ line }) => <CellText title={String(line)} />,
      },
      {
        id: 'given',
        label: 'Person',
        isRowHeader: true,
        cell: ({ given, userRef }) => (
          <CellText title={userRef ? shortName(userRef) : given || 'Nobody'} />
        ),
      },
      {
        id: 'state',
        label: 'State',
        cell: ({ state }) => (
          <Cell>
            <StateText {...BULK_LINE_STATES[state]} />
          </Cell>
        ),
      },
      {
        id: 'message',
        label: 'Result',
        width: '2fr',
        cell: ({ message, runId }) => (
          <Cell>
            <Text variant="body-small" style={{ whiteSpace: 'normal' }}>
              {message}{' '}
              {runId && (
                <Link
                  variant="body-small"
                  href={`${runsPath?.() ?? ''}/${runId}`}
                >
                  See the run
                </Link>
              )}
            </Text>
          </Cell>
        ),
      },
    ],
    [runsPath],
  );

  return (
    <div>
      <ListBar onRefresh={reload}>
        <FilterSelect
          label="State"
          all="In any state"
          options={labelsOf(BULK_LINE_STATES)}
          value={filter.value?.state}
          onChange={state => filter.onChange({ state })}
        />
      </ListBar>
      <SteadyTable
        {...tableProps}
        columnConfig={columns}
        emptyState={<Text color="secondary">No such line.</Text>}
      />
    </div>
  );
};
