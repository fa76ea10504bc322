import { LoggerService } from '@backstage/backend-plugin-api';
import { EventStore } from '../database/EventStore';

/** Events deleted by one statement, so that none holds locks for long. */
const BATCH = 5_000;

/** Deletes events that have been kept for long enough. */
export class EventRetention {
  constructor(
    private readonly events: EventStore,
    private readonly keepMs: number,
    private readonly logger: LoggerService,
  ) {}

  /** Deletes batch after batch until none is left that is old enough. */
  async run(signal?: AbortSignal): Promise<void> {
    const before = new Date(Date.now() - this.keepMs);
    let deleted = 0;
    for (let batch = BATCH; batch === BATCH && !signal?.aborted; ) {
      batch = await this.events.deleteBefore(before, BATCH);
      deleted += batch;
    }
    if (deleted > 0) {
      this.logger.info(
        `Deleted ${deleted} events from before ${before.toISOString()}`,
      );
    }
  }
}
