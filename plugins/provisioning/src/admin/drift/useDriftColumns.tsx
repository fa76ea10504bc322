import { useRouteRef } from '@backstage/frontend-plugin-api';
import { Cell, CellText, ColumnConfig, Link, Text } from '@backstage/ui';
import type { Drift } from '@formulary/plugin-provisioning-common';
import { useMemo } from 'react';
import { runsRouteRef } from '../../routes';
import { StateText } from '../StateText';
import {
  DRIFT_KINDS,
  DRIFT_MENDS,
  DRIFT_STATES,
  PERSON_STATES,
} from '../words';

const BLOCKED = { look: 'good', words: 'Blocked' } as const;

/** What is too long for a line is wrapped, so that nothing is cut off. */
const Words = ({ children }: { children?: string }) => (
  <Text as="p" variant="body-small" style={{ whiteSpace: 'normal' }}>
    {children}
  </Text>
);

/** What is said of each drift. */
export function useDriftColumns(
  titleOf: (service: string) => string,
): ColumnConfig<Drift>[] {
  const runsPath = useRouteRef(runsRouteRef);
  return useMemo(
    (): ColumnConfig<Drift>[] => [
      {
        id: 'person',
        label: 'Person',
        isRowHeader: true,
        cell: ({ displayName, username, personState }) => (
          <CellText
            title={displayName}
            description={
              personState
                ? `${username} · ${PERSON_STATES[personState].words}`
                : 'Not known here'
            }
          />
        ),
      },
      {
        id: 'drift',
        label: 'Drift',
        cell: ({ kind, service }) => (
          <CellText title={DRIFT_KINDS[kind]} description={titleOf(service)} />
        ),
      },
      {
        id: 'found',
        label: 'What is',
        width: '2fr',
        cell: ({ found, account, service }) => (
          <Cell>
            <Words>{found}</Words>
            {account?.url && (
              <Link variant="body-small" href={account.url} target="_blank">
                See it in {titleOf(service)}
              </Link>
            )}
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
        label: 'What can be done',
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
        cell: ({ state, message, mend, runId }) => (
          <Cell>
            <StateText
              {...(mend === 'block' && state === 'applied'
                ? BLOCKED
                : DRIFT_STATES[state])}
            />
            <Words>{runId ? undefined : message}</Words>
            {runId && (
              <Link
                variant="body-small"
                href={`${runsPath?.() ?? ''}/${runId}`}
              >
                See the run
              </Link>
            )}
          </Cell>
        ),
      },
    ],
    [runsPath, titleOf],
  );
}
