import { isError } from '@backstage/errors';

/** Different reasons that a message gives before it stops. */
const REASONS_SHOWN = 3;

/** An event about several people could not be dealt with for some of them. */
export class PartlyFailedError extends Error {
  name = 'PartlyFailedError' as const;

  constructor(readonly causes: unknown[], people: number) {
    const reasons = new Set(
      causes.map(cause => (isError(cause) ? cause.message : String(cause))),
    );
    super(
      `Failed for ${causes.length} of ${people} people: ${[...reasons]
        .slice(0, REASONS_SHOWN)
        .join('; ')}`,
    );
  }
}
