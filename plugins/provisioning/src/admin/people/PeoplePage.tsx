import { useApi } from '@backstage/frontend-plugin-api';
import {
  Alert,
  Cell,
  CellText,
  ColumnConfig,
  Container,
  Flex,
  SearchField,
  Text,
  useTable,
} from '@backstage/ui';
import type {
  Account,
  PersonEntry,
  PersonLifecycle,
} from '@formulary/plugin-provisioning-common';
import { useMemo, useState } from 'react';
import { provisioningApiRef } from '../../api/provisioningApi';
import { useServiceTitles } from '../../api/useServiceTitles';
import { useLiveList } from '../../polling/useLiveList';
import { When } from '../../time/When';
import { FilterSelect, labelsOf } from '../FilterSelect';
import { ListBar } from '../ListBar';
import { StateText } from '../StateText';
import { SteadyTable } from '../SteadyTable';
import { ACCOUNT_STATES, PERSON_STATES } from '../words';
import { PeopleActionBar } from './PeopleActionBar';
import { PersonActions } from './PersonActions';
import { useChosenPeople } from './useChosenPeople';
import { useUntilEnded } from './useUntilEnded';

type Row = PersonEntry & { id: string };
type Filter = { state?: PersonLifecycle['state'] };

/** How an account is, and its name where that is not the person's own. */
function wordsOf(
  { service, state, username }: Account,
  person: PersonEntry['person'],
  titleOf: (service: string) => string,
): string {
  const own = [person.username, person.email, undefined];
  const name = own.includes(username) ? '' : `, as ${username}`;
  return `${titleOf(service)}: ${ACCOUNT_STATES[
    state
  ].words.toLowerCase()}${name}`;
}

/** Everybody whom provisioning has met, with their accounts. */
export const PeoplePage = () => {
  const api = useApi(provisioningApiRef);
  const titleOf = useServiceTitles();
  const [error, setError] = useState<string>();
  const [begun, setBegun] = useState<string>();
  const { tableProps, filter, search, reload } = useTable<Row, Filter>({
    mode: 'offset',
    paginationOptions: { pageSize: 20 },
    getData: async ({
      offset,
      pageSize,
      filter: wanted,
      search: words,
      signal,
    }) => {
      const { items, totalItems } = await api.getPersons(
        {
          ...wanted,
          search: words.trim() || undefined,
          offset,
          limit: pageSize,
        },
        { signal },
      );
      return {
        data: items.map(entry => ({ ...entry, id: entry.person.userRef })),
        totalCount: totalItems,
      };
    },
  });

  const { chosen, selection, clear } = useChosenPeople(tableProps.data);
  useUntilEnded(begun, reload, setError);
  useLiveList(reload);

  const columns = useMemo(
    (): ColumnConfig<Row>[] => [
      {
        id: 'person',
        label: 'Person',
        isRowHeader: true,
        cell: ({ person }) => (
          <CellText
            title={person.displayName}
            description={`${person.username} · ${person.email}`}
          />
        ),
      },
      {
        id: 'organisation',
        label: 'Organisation',
        cell: ({ person }) => (
          <CellText title={person.organisation || 'None'} />
        ),
      },
      {
        id: 'state',
        label: 'State',
        cell: ({ lifecycle }) => (
          <Cell>
            <StateText {...PERSON_STATES[lifecycle.state]} />
            {lifecycle.reason && (
              <Text as="p" variant="body-small" color="secondary">
                {lifecycle.reason}
              </Text>
            )}
            {lifecycle.removeAfter && (
              <Text as="p" variant="body-small" color="secondary">
                <When at={lifecycle.removeAfter} before="Removed" />
              </Text>
            )}
          </Cell>
        ),
      },
      {
        id: 'accounts',
        label: 'Accounts',
        width: '2fr',
        cell: ({ accounts, person }) => (
          <Cell>
            <Flex gap="3" style={{ flexWrap: 'wrap' }}>
              {accounts.map(account => (
                <StateText
                  key={account.service}
                  look={ACCOUNT_STATES[account.state].look}
                  words={wordsOf(account, person, titleOf)}
                />
              ))}
            </Flex>
          </Cell>
        ),
      },
      {
        id: 'actions',
        label: 'Actions',
        cell: entry => (
          <Cell>
            <PersonActions
              entry={entry}
              onBegun={runId => {
                setError(undefined);
                setBegun(runId);
              }}
              onRefused={setError}
            />
          </Cell>
        ),
      },
    ],
    [titleOf],
  );

  return (
    <Container my="4">
      <ListBar onRefresh={reload}>
        <SearchField
          aria-label="Search people"
          placeholder="Name, username or e-mail"
          size="small"
          style={{ minWidth: '16rem' }}
          value={search.value}
          onChange={search.onChange}
        />
        <FilterSelect
          label="State"
          all="In any state"
          options={labelsOf(PERSON_STATES)}
          value={filter.value?.state}
          onChange={state => filter.onChange({ state })}
        />
      </ListBar>
      <PeopleActionBar chosen={chosen} onClear={clear} />
      {error && (
        <Alert
          status="danger"
          icon
          title="That did not work"
          description={error}
        />
      )}
      <SteadyTable
        {...tableProps}
        columnConfig={columns}
        selection={selection}
        emptyState={
          <Text color="secondary">
            Nobody fits. People appear here when they sign up or prepare their
            tools.
          </Text>
        }
      />
    </Container>
  );
};
