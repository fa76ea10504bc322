import { randomUUID } from 'node:crypto';
import { WebhookDelivery } from '@formulary/plugin-provisioning-common';
import { Knex } from 'knex';
import { addJobs, Job } from './JobStore';
import { NoteChange } from '../observing/RunChange';
import { prepared } from './prepared';

/** State of a webhook's delivery: `stored` waits to be worked on. */
export type DeliveryState = WebhookDelivery['state'];

interface DeliveryRow {
  id: string;
  source: string;
  delivery_id: string;
  type: string;
  state: DeliveryState;
  message: string | null;
  payload: unknown;
  attempts: number;
  run_id: string | null;
  received_at: Date;
  finished_at: Date | null;
}

/** A delivery as its processing needs it. */
export interface Delivery {
  id: string;
  source: string;
  type: string;
  state: DeliveryState;
  payload: unknown;
  attempts: number;
}

function toDelivery(row: DeliveryRow): WebhookDelivery {
  return {
    id: row.id,
    source: row.source,
    type: row.type,
    state: row.state,
    message: row.message ?? undefined,
    attempts: row.attempts,
    runId: row.run_id ?? undefined,
    receivedAt: row.received_at.toISOString(),
    finishedAt: row.finished_at?.toISOString(),
  };
}

/** What a webhook sent, kept before it is acknowledged. */
export class DeliveryStore {
  constructor(private readonly db: Knex, private readonly note: NoteChange) {}

  /**
   * Keeps a delivery, and the job that works on it, in one statement: whoever
   * sends it waits for this.
   *
   * @param jobOf - makes the job for its id; left out when there is nothing to do
   * @returns its id; undefined when it was sent before
   */
  async add(
    delivery: {
      source: string;
      deliveryId: string;
      type: string;
      payload: unknown;
      state: DeliveryState;
      message?: string;
    },
    jobOf?: (id: string) => Job,
  ): Promise<string | undefined> {
    const id = randomUUID();
    const kept = this.db('webhook_deliveries')
      .insert({
        id,
        source: delivery.source,
        delivery_id: delivery.deliveryId,
        type: delivery.type,
        payload: JSON.stringify(delivery.payload),
        state: delivery.state,
        message: delivery.message ?? null,
        finished_at: delivery.state === 'stored' ? null : this.db.fn.now(),
      })
      .onConflict(['source', 'delivery_id'])
      .ignore()
      .returning('id');
    const rows: unknown[] = await this.db
      .with('kept', kept)
      .from('kept')
      .select('id')
      .select(jobOf ? addJobs(this.db, [jobOf(id)]) : [])
      .options(prepared(jobOf ? 'add-delivery' : 'add-idle-delivery'));
    if (rows.length === 0) return undefined;
    const { source, state } = delivery;
    this.note({ type: 'delivery.received', source, state });
    return id;
  }

  /** The delivery with one more attempt counted, or undefined when it is done with. */
  async begin(id: string): Promise<Delivery | undefined> {
    const [row] = await this.db<DeliveryRow>('webhook_deliveries')
      .where({ id, state: 'stored' })
      .increment('attempts', 1)
      .returning(['id', 'source', 'type', 'state', 'payload', 'attempts'])
      .options(prepared('begin-delivery'));
    return row;
  }

  async finish(
    id: string,
    result: {
      state: Exclude<DeliveryState, 'stored'>;
      message?: string;
      runId?: string;
    },
  ): Promise<void> {
    const [row]: Array<Pick<DeliveryRow, 'source'>> = await this.db(
      'webhook_deliveries',
    )
      .where({ id })
      .update({
        state: result.state,
        message: result.message ?? null,
        run_id: result.runId ?? null,
        finished_at: this.db.fn.now(),
      })
      .returning('source')
      .options(prepared('finish-delivery'));
    if (!row) return;
    this.note({
      type: 'delivery.ended',
      source: row.source,
      state: result.state,
    });
  }

  /** Notes why a delivery is tried again. */
  async postpone(id: string, message: string): Promise<void> {
    await this.db('webhook_deliveries').where({ id }).update({ message });
  }

  async find(id: string): Promise<WebhookDelivery | undefined> {
    const row = await this.db<DeliveryRow>('webhook_deliveries')
      .where({ id })
      .first();
    return row && toDelivery(row);
  }

  /** Deliveries, newest first. */
  async list(filter: {
    state?: DeliveryState;
    limit: number;
    offset: number;
  }): Promise<{ items: WebhookDelivery[]; totalItems: number }> {
    const matching = this.db<DeliveryRow>('webhook_deliveries');
    if (filter.state) matching.where({ state: filter.state });
    const [{ count }] = await matching
      .clone()
      .count<{ count: string }[]>({ count: '*' });
    const rows = await matching
      .orderBy([{ column: 'received_at', order: 'desc' }, { column: 'id' }])
      .limit(filter.limit)
      .offset(filter.offset);
    return { items: rows.map(toDelivery), totalItems: Number(count) };
  }

  /** Lets a delivery that is done with be worked on again; undefined when it is not done with. */
  async reopen(id: string): Promise<WebhookDelivery | undefined> {
    const [row] = await this.db<DeliveryRow>('webhook_deliveries')
      .where({ id })
      .whereNot({ state: 'stored' })
      .update({
        state: 'stored',
        message: null,
        attempts: 0,
        run_id: null,
        finished_at: null,
      })
      .returning('*');
    return row && toDelivery(row);
  }
}
