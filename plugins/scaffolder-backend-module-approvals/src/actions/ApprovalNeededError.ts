import { CustomErrorBase } from '@backstage/errors';

/** Ends a task that may not go on before somebody has approved it. */
export class ApprovalNeededError extends CustomErrorBase {
  name = 'ApprovalNeeded' as const;
}
