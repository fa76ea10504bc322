import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import {
  Alert,
  Cell,
  CellText,
  ColumnConfig,
  Container,
  Link,
  Text,
  useTable,
} from '@backstage/ui';
import type {
  AuditEvent,
  AuditFilter,
} from '@formulary/plugin-provisioning-common';
import { useMemo, useRef, useState } from 'react';
import { provisioningApiRef } from '../../api/provisioningApi';
import { useServiceTitles } from '../../api/useServiceTitles';
import { runsRouteRef } from '../../routes';
import { When } from '../../time/When';
import { DownloadButton } from '../download/DownloadButton';
import { ListBar } from '../ListBar';
import { SteadyTable } from '../SteadyTable';
import { shortName, withShortNames } from '../words';
import { AuditFilters } from './AuditFilters';

/** Stands for the first page, which has no cursor. */
const FIRST = 'first';

/** Who did what, to whom, when: searched and exported. */
export const AuditPage = () => {
  const api = useApi(provisioningApiRef);
  const runsPath = useRouteRef(runsRouteRef);
  const titleOf = useServiceTitles();
  const [error, setError] = useState<string>();
  const before = useRef(new Map<string, string>());
  const { tableProps, filter, reload } = useTable<AuditEvent, AuditFilter>({
    mode: 'cursor',
    paginationOptions: { pageSize: 50 },
    getData: async ({ cursor, pageSize, filter: wanted, signal }) => {
      const { items, next } = await api.getEvents(
        {
          ...wanted,
          limit: pageSize,
          after: cursor === FIRST ? undefined : cursor,
        },
        { signal },
      );
      if (next) before.current.set(next, cursor ?? FIRST);
      return {
        data: items,
        nextCursor: next,
        prevCursor: cursor && before.current.get(cursor),
      };
    },
  });

  const columns = useMemo(
    (): ColumnConfig<AuditEvent>[] => [
      {
        id: 'at',
        label: 'When',
        cell: ({ at }) => (
          <Cell>
            <Text as="p" variant="body-small">
              <When at={at} />
            </Text>
            <Text variant="body-small" color="secondary">
              {new Date(at).toLocaleString()}
            </Text>
          </Cell>
        ),
      },
      {
        id: 'message',
        label: 'What',
        isRowHeader: true,
        width: '2fr',
        cell: ({ message, runId }) => (
          <Cell>
            <Text variant="body-small" style={{ whiteSpace: 'normal' }}>
              {withShortNames(message)}{' '}
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
      {
        id: 'type',
        label: 'Type',
        cell: ({ type, service }) => (
          <CellText title={type} description={service && titleOf(service)} />
        ),
      },
      {
        id: 'actor',
        label: 'By',
        cell: ({ actor }) => <CellText title={shortName(actor)} />,
      },
      {
        id: 'userRef',
        label: 'About',
        cell: ({ userRef }) => (
          <CellText title={userRef ? shortName(userRef) : ''} />
        ),
      },
    ],
    [runsPath, titleOf],
  );

  return (
    <Container my="4">
      <AuditFilters onChange={filter.onChange} />
      <ListBar onRefresh={reload}>
        {(['csv', 'jsonl'] as const).map(format => (
          <DownloadButton
            key={format}
            label={format === 'csv' ? 'Export CSV' : 'Export JSON Lines'}
            fileName={`events.${format}`}
            fetchFile={() => api.exportEvents({ ...filter.value, format })}
            onError={setError}
          />
        ))}
      </ListBar>
      {error && (
        <Alert
          status="danger"
          icon
          title="The events were not exported"
          description={error}
        />
      )}
      <SteadyTable
        {...tableProps}
        columnConfig={columns}
        emptyState={<Text color="secondary">Nothing like that happened.</Text>}
      />
    </Container>
  );
};
