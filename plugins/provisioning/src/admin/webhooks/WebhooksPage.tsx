import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import {
  Alert,
  Button,
  Cell,
  CellText,
  ColumnConfig,
  Container,
  Link,
  Text,
  useTable,
} from '@backstage/ui';
import type { WebhookDelivery } from '@formulary/plugin-provisioning-common';
import { useMemo, useState } from 'react';
import { messageOf } from '@formulary/failure-messages';
import { provisioningApiRef } from '../../api/provisioningApi';
import { useLiveList } from '../../polling/useLiveList';
import { runsRouteRef } from '../../routes';
import { When } from '../../time/When';
import { FilterSelect, labelsOf } from '../FilterSelect';
import { ListBar } from '../ListBar';
import { StateText } from '../StateText';
import { SteadyTable } from '../SteadyTable';
import { DELIVERY_STATES, shortName } from '../words';

type Filter = { state?: WebhookDelivery['state'] };

/** What webhooks sent, newest first, and what became of it. */
export const WebhooksPage = () => {
  const api = useApi(provisioningApiRef);
  const runsPath = useRouteRef(runsRouteRef);
  const [error, setError] = useState<string>();
  const { tableProps, filter, reload } = useTable<WebhookDelivery, Filter>({
    mode: 'offset',
    paginationOptions: { pageSize: 20 },
    getData: async ({ offset, pageSize, filter: wanted, signal }) => {
      const { items, totalItems } = await api.getDeliveries(
        { ...wanted, offset, limit: pageSize },
        { signal },
      );
      return { data: items, totalCount: totalItems };
    },
  });

  useLiveList(reload);

  const columns = useMemo((): ColumnConfig<WebhookDelivery>[] => {
    const redeliver = async (id: string) => {
      try {
        await api.redeliver(id);
        setError(undefined);
      } catch (failure) {
        setError(messageOf(failure));
      }
      reload();
    };
    return [
      {
        id: 'type',
        label: 'Event',
        isRowHeader: true,
        width: '2fr',
        cell: ({ type, source }) => (
          <Cell>
            {/* In full: what was done stands at the end. */}
            <Text as="p" style={{ overflowWrap: 'anywhere' }}>
              {type}
            </Text>
            <Text color="secondary">{source}</Text>
          </Cell>
        ),
      },
      {
        id: 'userRef',
        label: 'About',
        cell: ({ userRef }) => (
          <CellText title={userRef ? shortName(userRef) : ''} />
        ),
      },
      {
        id: 'state',
        label: 'State',
        cell: ({ state }) => (
          <Cell>
            <StateText {...DELIVERY_STATES[state]} />
          </Cell>
        ),
      },
      {
        id: 'result',
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
      {
        id: 'receivedAt',
        label: 'Received',
        cell: ({ receivedAt }) => (
          <Cell>
            <Text variant="body-small">
              <When at={receivedAt} />
            </Text>
          </Cell>
        ),
      },
      {
        id: 'actions',
        label: 'Actions',
        cell: ({ id, state, type }) => (
          <Cell>
            {state !== 'stored' && (
              <Button
                size="small"
                variant="secondary"
                aria-label={`Redeliver ${type}`}
                onPress={() => redeliver(id)}
              >
                Redeliver
              </Button>
            )}
          </Cell>
        ),
      },
    ];
  }, [api, reload, runsPath]);

  return (
    <Container my="4">
      <ListBar onRefresh={reload}>
        <FilterSelect
          label="State"
          all="In any state"
          options={labelsOf(DELIVERY_STATES)}
          value={filter.value?.state}
          onChange={state => filter.onChange({ state })}
        />
      </ListBar>
      {error && (
        <Alert
          status="danger"
          icon
          title="The delivery was not taken up again"
          description={error}
        />
      )}
      <SteadyTable
        {...tableProps}
        columnConfig={columns}
        emptyState={
          <Text color="secondary">
            Nothing has arrived. The webhook's address and secret are in the
            administrators' guide.
          </Text>
        }
      />
    </Container>
  );
};
