import {
  AuditEvent,
  AuditFilter,
  ProvisioningEvent,
  ServiceId,
} from '@formulary/plugin-provisioning-common';
import { Knex } from 'knex';
import { withoutSecrets } from '../audit/withoutSecrets';
import { prepared } from './prepared';

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

interface AuditRow extends EventRow {
  user_ref: string | null;
  before: unknown;
  after: unknown;
}

function toAuditEvent(row: AuditRow): AuditEvent {
  return {
    id: row.id,
    at: row.at.toISOString(),
    type: row.type,
    actor: row.actor,
    userRef: row.user_ref ?? undefined,
    service: row.service ?? undefined,
    runId: row.run_id ?? undefined,
    message: row.message,
    before: row.before ?? undefined,
    after: row.after ?? undefined,
  };
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
    await this.db('events')
      .options(prepared('add-event'))
      .insert({
        type: event.type,
        actor: event.actor,
        message: event.message,
        person_id: event.personId ?? null,
        run_id: event.runId ?? null,
        service: event.service ?? null,
        before:
          event.before === undefined ? null : withoutSecrets(event.before),
        after: event.after === undefined ? null : withoutSecrets(event.after),
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

  /** Events of everybody that a filter lets through, older than a given one, newest first. */
  async search(
    filter: AuditFilter,
    page: { before?: string; limit: number },
  ): Promise<AuditEvent[]> {
    const matching = this.db({ e: 'events' })
      .leftJoin({ p: 'persons' }, 'p.id', 'e.person_id')
      .select('e.*', 'p.user_ref');
    const { actor, service, type, userRef, from, to } = filter;
    // A bare name is a service's, or a username: pages show users without the rest of their refs.
    if (actor) matching.whereIn('e.actor', [actor, `user:default/${actor}`]);
    if (service) matching.where('e.service', service);
    if (type) matching.where('e.type', type);
    if (userRef) {
      matching.where('p.user_ref', userRef.toLocaleLowerCase('en-US'));
    }
    if (from) matching.where('e.at', '>=', from);
    if (to) matching.where('e.at', '<', to);
    if (page.before) matching.where('e.id', '<', page.before);
    const rows: AuditRow[] = await matching
      .orderBy('e.id', 'desc')
      .limit(page.limit);
    return rows.map(toAuditEvent);
  }

  /** Deletes events from before a time, the oldest first; returns how many. */
  async deleteBefore(time: Date, limit: number): Promise<number> {
    return this.db('events')
      .whereIn(
        'id',
        this.db('events')
          .select('id')
          .where('at', '<', time)
          .orderBy('at')
          .limit(limit),
      )
      .delete();
  }
}
