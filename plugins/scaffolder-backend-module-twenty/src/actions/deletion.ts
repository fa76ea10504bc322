import { RollbackStep } from '@formulary/plugin-provisioning-common';
import { TwentyObject } from '@formulary/plugin-twenty-node';

/** How a record that was made is undone. */
export function deletionOf(
  object: TwentyObject,
  id: string,
  name: string,
): RollbackStep {
  return {
    service: 'twenty',
    description: `Delete the ${object} ${name}`,
    action: 'twenty:delete-record',
    input: { object, id },
  };
}
