import { BegunAttempt } from '../database/AttemptStore';
import { AttemptEnded } from '../observing/RunChange';

/** A step that an attempt is made of right now. */
export interface StepInHand extends BegunAttempt {
  /** When the attempt began, in milliseconds of a clock that nobody sets. */
  began: number;
}

/** What listeners are told about an attempt that ends now. */
export function attemptEnded(
  { step, kind, personId, began }: StepInHand,
  end: Pick<AttemptEnded, 'result' | 'outcome' | 'errorKind'>,
): AttemptEnded {
  return {
    type: 'attempt.ended',
    runId: step.runId,
    personId,
    kind,
    service: step.service,
    durationMs: performance.now() - began,
    ...end,
  };
}
