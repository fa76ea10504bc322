import { ApprovalEvent } from '@formulary/plugin-approvals-common';
import { Knex } from 'knex';

/** What is to be remembered of something that happened to a request. */
export interface NewEvent {
  requestId: string;
  type:
    | 'request.created'
    | 'request.approved'
    | 'request.rejected'
    | 'request.cancelled'
    | 'request.expired'
    | 'request.delegated'
    | 'request.reminded'
    | 'request.used';
  actor: string;
  message: string;
}

/** Actor of what happens by itself. */
export const BY_ITSELF = 'approvals';

/** What happened, in order. Events are added in the transaction of the change and never altered. */
export class EventStore {
  constructor(private readonly db: Knex) {}

  async add(...events: NewEvent[]): Promise<void> {
    if (events.length === 0) return;
    await this.db('events').insert(
      events.map(({ requestId, ...event }) => ({
        request_id: requestId,
        ...event,
      })),
    );
  }

  /** The latest events of a request, oldest first. */
  async listOf(requestId: string, limit: number): Promise<ApprovalEvent[]> {
    const rows = await this.db('events')
      .where({ request_id: requestId })
      .orderBy('id', 'desc')
      .limit(limit);
    return rows.reverse().map(row => ({
      id: row.id,
      at: row.at.toISOString(),
      type: row.type,
      actor: row.actor,
      message: row.message,
    }));
  }
}
