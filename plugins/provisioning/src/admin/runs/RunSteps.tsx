import { Cell, CellText, ColumnConfig, Text } from '@backstage/ui';
import type { Step } from '@formulary/plugin-provisioning-common';
import { useMemo } from 'react';
import { When } from '../../time/When';
import { StateText } from '../StateText';
import { SteadyTable } from '../SteadyTable';
import { OUTCOMES, STEP_STATES } from '../words';

const columnsOf = (
  titleOf: (service: string) => string,
): ColumnConfig<Step>[] => [
  {
    id: 'service',
    label: 'Service',
    isRowHeader: true,
    cell: step => <CellText title={titleOf(step.service)} />,
  },
  {
    id: 'state',
    label: 'State',
    cell: step => (
      <Cell>
        <StateText {...STEP_STATES[step.state]} />
      </Cell>
    ),
  },
  {
    id: 'result',
    label: 'Result',
    width: '2fr',
    cell: step => (
      <Cell>
        <Text
          variant="body-small"
          color={step.state === 'failed' ? 'danger' : 'primary'}
          style={{ overflowWrap: 'anywhere', whiteSpace: 'normal' }}
        >
          {step.message ?? (step.outcome && OUTCOMES[step.outcome])}{' '}
          {step.nextAttemptAt && (
            <When at={step.nextAttemptAt} before="Next try" />
          )}
        </Text>
      </Cell>
    ),
  },
  {
    id: 'attempts',
    label: 'Attempts',
    cell: step => <CellText title={String(step.attempts)} />,
  },
];

/** A run's part in each service. */
export const RunSteps = (props: {
  steps: Step[];
  titleOf(service: string): string;
}) => {
  const { steps, titleOf } = props;
  const columns = useMemo(() => columnsOf(titleOf), [titleOf]);
  return (
    <SteadyTable
      columnConfig={columns}
      data={steps}
      pagination={{ type: 'none' }}
      emptyState={<Text color="secondary">There was nothing to do.</Text>}
    />
  );
};
