import {
  ProvisioningEvent,
  ServiceId,
} from '@formulary/plugin-provisioning-common';
import { Knex } from 'knex';

interface EventRow {
  id: string;
  at: Date;
  type: string;
  actor: string;
  person_id: string | null;
  run_id: string | null;
  service: string | null;
  message: string;
}

/** What is to be remembered of something that happened. */
export interface NewEvent {
  type: string;
  actor: string;
  message: string;
  personId?: string;
  runId?: string;
  service?: ServiceId;
  before?: unknown;
  after?: unknown;
}

/** What happened, in order. Events are added in the transaction of the change and never altered. */
export class EventStore {
  constructor(private readonly db: Knex) {}

  async add(event: NewEvent): Promise<void> {
    await this.db('events').insert({
      type: event.type,
      actor: event.actor,
      message: event.message,
      person_id: event.personId ?? null,
      run_id: event.runId ?? null,
      service: event.service ?? null,
      before: event.before === undefined ? null : JSON.stringify(event.before),
      after: event.after === undefined ? null : JSON.stringify(event.after),
    });
  }

  /** Events of a run after a given one, oldest first. */
  async listOf(
    runId: string,
    page: { after: string; limit: number },
  ): Promise<ProvisioningEvent[]> {
    const rows = await this.db<EventRow>('events')
      .where({ run_id: runId })
      .where('id', '>', page.after)
      .orderBy('id')
      .limit(page.limit);
    return rows.map(row => ({
      id: row.id,
      at: row.at.toISOString(),
      type: row.type,
      actor: row.actor,
      service: row.service ?? undefined,
      message: row.message,
    }));
  }
}
