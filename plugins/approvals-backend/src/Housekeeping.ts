import { Announcer } from './announcing/Announcer';
import { ApprovalsDatabase } from './database/ApprovalsDatabase';
import { BY_ITSELF } from './database/EventStore';
import { expired } from './Gate';

/** Requests that are seen to in one go. */
const BATCH = 100;

/** Lets requests run out and reminds of those that wait. */
export class Housekeeping {
  constructor(
    private readonly options: {
      database: ApprovalsDatabase;
      announcer: Announcer;
    },
  ) {}

  async run(signal?: AbortSignal): Promise<void> {
    while (!signal?.aborted && (await this.expire()) === BATCH);
    while (!signal?.aborted && (await this.remind()) === BATCH);
  }

  private async expire(): Promise<number> {
    const { database, announcer } = this.options;
    const ended = await database.transaction(async stores => {
      const rows = await stores.requests.expire(BATCH);
      await stores.events.add(...rows.map(({ id }) => expired(id)));
      return rows;
    });
    for (const { id, was } of ended) {
      await announcer.expired(await database.requests.get(id), was);
    }
    return ended.length;
  }

  private async remind(): Promise<number> {
    const { database, announcer } = this.options;
    const waiting = await database.transaction(async stores => {
      const ids = await stores.requests.takeReminders(BATCH);
      await stores.events.add(
        ...ids.map(requestId => ({
          requestId,
          type: 'request.reminded' as const,
          actor: BY_ITSELF,
          message: 'Those who may decide were reminded',
        })),
      );
      return ids;
    });
    for (const id of waiting) {
      await announcer.reminded(await database.requests.get(id));
    }
    return waiting.length;
  }
}
