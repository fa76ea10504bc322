import {
  Cell,
  CellText,
  ColumnConfig,
  Flex,
  Text,
  useTable,
} from '@backstage/ui';
import type {
  BulkOperation,
  BulkPreview,
  BulkPreviewLine,
  BulkVerdict,
} from '@formulary/plugin-provisioning-common';
import { useMemo } from 'react';
import { useServiceTitles } from '../../api/useServiceTitles';
import { FilterSelect } from '../FilterSelect';
import { StateText } from '../StateText';
import { SteadyTable } from '../SteadyTable';
import { BULK_VERDICTS, shortName } from '../words';
import { previewInWords, verdictsOf } from './bulkWords';

type Row = BulkPreviewLine & { id: string };
type Filter = { verdict?: BulkVerdict };

const columnsOf = (
  titleOf: (service: string) => string,
): ColumnConfig<Row>[] => [
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
    cell: line => (
      <CellText
        title={line.userRef ? shortName(line.userRef) : line.given || 'Nobody'}
        description={servicesInWords(line, titleOf)}
      />
    ),
  },
  {
    id: 'verdict',
    label: 'What would be done',
    cell: ({ verdict }) => (
      <Cell>
        <StateText {...BULK_VERDICTS[verdict]} />
      </Cell>
    ),
  },
  {
    id: 'message',
    label: 'Why',
    width: '2fr',
    cell: ({ message }) => (
      <Cell>
        <Text variant="body-small" style={{ whiteSpace: 'normal' }}>
          {message}
        </Text>
      </Cell>
    ),
  },
];

/** In which services something is done for a line. */
function servicesInWords(
  { services, accounts, verdict }: BulkPreviewLine,
  titleOf: (service: string) => string,
): string | undefined {
  if (services) return services.map(titleOf).join(', ');
  if (accounts) return accounts.map(titleOf).join(', ') || 'No accounts';
  return verdict === 'onboard' ? 'What the defaults give' : undefined;
}

/** Every line and what would be done for it. */
export const BulkPreviewTable = (props: {
  preview: BulkPreview;
  operation: BulkOperation;
}) => {
  const { preview, operation } = props;
  const titleOf = useServiceTitles();
  const columns = useMemo(() => columnsOf(titleOf), [titleOf]);
  const data = useMemo(
    () => preview.lines.map(line => ({ ...line, id: String(line.line) })),
    [preview],
  );
  const { tableProps, filter } = useTable<Row, Filter>({
    mode: 'complete',
    data,
    paginationOptions: { pageSize: 20 },
    filterFn: (rows, { verdict }) =>
      verdict ? rows.filter(row => row.verdict === verdict) : rows,
  });
  const verdicts = verdictsOf(operation);
  return (
    <Flex direction="column" gap="3">
      <Text as="p">{previewInWords(preview, operation)}</Text>
      <div style={{ alignSelf: 'start' }}>
        <FilterSelect<string>
          label="What would be done"
          all="All lines"
          options={Object.fromEntries(
            verdicts.map(verdict => [verdict, BULK_VERDICTS[verdict].words]),
          )}
          value={filter.value?.verdict}
          onChange={chosen =>
            filter.onChange({
              verdict: verdicts.find(verdict => verdict === chosen),
            })
          }
        />
      </div>
      <SteadyTable
        {...tableProps}
        columnConfig={columns}
        emptyState={<Text color="secondary">No such line.</Text>}
      />
    </Flex>
  );
};
