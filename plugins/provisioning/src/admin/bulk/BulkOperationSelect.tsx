import { Select } from '@backstage/ui';
import type { BulkOperation } from '@formulary/plugin-provisioning-common';
import { BULK_OPERATIONS } from './bulkWords';

const OPERATIONS = Object.keys(BULK_OPERATIONS) as BulkOperation[];

/** Chooses what is to be done for many people. */
export const BulkOperationSelect = (props: {
  value: BulkOperation;
  onChange(operation: BulkOperation): void;
}) => (
  <Select
    label="What to do"
    style={{ maxWidth: '20rem' }}
    options={OPERATIONS.map(id => ({ id, label: BULK_OPERATIONS[id].title }))}
    value={props.value}
    onChange={key => {
      const chosen = OPERATIONS.find(id => id === key);
      if (chosen) props.onChange(chosen);
    }}
  />
);
