import { Knex } from 'knex';

/** State of a webhook's delivery: `stored` waits to be worked on. */
export type DeliveryState = 'stored' | 'processed' | 'ignored' | 'failed';

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

/** What a webhook sent, kept before it is acknowledged. */
export class DeliveryStore {
  constructor(private readonly db: Knex) {}

  /** Keeps a delivery; undefined when it was sent before. */
  async add(delivery: {
    source: string;
    deliveryId: string;
    type: string;
    payload: unknown;
    state: DeliveryState;
    message?: string;
  }): Promise<string | undefined> {
    const [row] = await this.db('webhook_deliveries')
      .insert({
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
    return row?.id;
  }

  /** The delivery with one more attempt counted, or undefined when it is done with. */
  async begin(id: string): Promise<Delivery | undefined> {
    const [row] = await this.db<DeliveryRow>('webhook_deliveries')
      .where({ id, state: 'stored' })
      .increment('attempts', 1)
      .returning('*');
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
    await this.db('webhook_deliveries')
      .where({ id })
      .update({
        state: result.state,
        message: result.message ?? null,
        run_id: result.runId ?? null,
        finished_at: this.db.fn.now(),
      });
  }

  /** Notes why a delivery is tried again. */
  async postpone(id: string, message: string): Promise<void> {
    await this.db('webhook_deliveries').where({ id }).update({ message });
  }
}
