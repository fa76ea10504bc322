import {
  Cell,
  CellText,
  ColumnConfig,
  Flex,
  Text,
  useTable,
} from '@backstage/ui';
import type {
  BulkPreview,
  BulkPreviewLine,
  BulkVerdict,
} from '@formulary/plugin-provisioning-common';
import { useMemo } from 'react';
import { FilterSelect, labelsOf } from '../FilterSelect';
import { StateText } from '../StateText';
import { SteadyTable } from '../SteadyTable';
import { BULK_VERDICTS, shortName } from '../words';

type Row = BulkPreviewLine & { id: string };
type Filter = { verdict?: BulkVerdict };

const columns: ColumnConfig<Row>[] = [
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
    cell: ({ given, userRef, services }) => (
      <CellText
        title={userRef ? shortName(userRef) : given || 'Nobody'}
        description={services?.join(', ') ?? 'What the defaults give'}
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

/** Every line of a file and what would be done for it. */
export const BulkPreviewTable = ({ preview }: { preview: BulkPreview }) => {
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
  const { onboard, unchanged, suspended, refused } = preview.counts;
  return (
    <Flex direction="column" gap="3">
      <Text as="p">
        {`${preview.lines.length} lines: ${onboard} to prepare, ${unchanged} have their accounts already, ${suspended} suspended, ${refused} not possible.`}
      </Text>
      <div style={{ alignSelf: 'start' }}>
        <FilterSelect
          label="What would be done"
          all="All lines"
          options={labelsOf(BULK_VERDICTS)}
          value={filter.value?.verdict}
          onChange={verdict => filter.onChange({ verdict })}
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
