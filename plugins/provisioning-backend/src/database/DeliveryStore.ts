import { WebhookDelivery } from '@formulary/plugin-provisioning-common';
import { Knex } from 'knex';
import { Job, withLimit } from './JobStore';
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

/** A delivery that has just come. */
export interface NewDelivery {
  id: string;
  source: string;
  /** What the sender calls it. */
  deliveryId: string;
  type: string;
  payload: unknown;
  state: DeliveryState;
  message?: string;
  /** Works on it; left out when there is nothing to do. */
  job?: Job;
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

function toDelivery(
  row: DeliveryRow & { user_ref?: string | null },
): WebhookDelivery {
  return {
    id: row.id,
    source: row.source,
    type: row.type,
    state: row.state,
    message: row.message ?? undefined,
    attempts: row.attempts,
    runId: row.run_id ?? undefined,
    userRef: row.user_ref ?? undefined,
    receivedAt: row.received_at.toISOString(),
    finishedAt: row.finished_at?.toISOString(),
  };
}

/** What a webhook sent, kept before it is acknowledged. */
export class DeliveryStore {
  constructor(private readonly db: Knex, private readonly note: NoteChange) {}

  /**
   * Keeps deliveries and adds their jobs, in one statement.
   *
   * @returns ids of those that were not sent before
   */
  async add(deliveries: NewDelivery[]): Promise<Set<string>> {
    const { rows } = await this.db
      .raw<{
        rows: Array<{ id: string; source: string; state: DeliveryState }>;
      }>(
        `with given as (
          select * from json_to_recordset(?::json) as given (
            id uuid, source text, delivery_id text, type text, state text,
            message text, payload jsonb, job jsonb)
        ), kept as (
          insert into webhook_deliveries
            (id, source, delivery_id, type, state, message, payload, finished_at)
          select id, source, delivery_id, type, state, message, payload,
            case when state = 'stored' then null else now() end
          from given
          on conflict (source, delivery_id) do nothing
          returning id
        ), added as (
          select provisioning_add_jobs(jsonb_agg(job)) as jobs
          from given join kept using (id) where job is not null
          having count(*) > 0
        )
        select id, source, state, (select jobs from added)
        from given join kept using (id)`,
        [
          JSON.stringify(
            deliveries.map(({ deliveryId, job, ...delivery }) => ({
              ...delivery,
              delivery_id: deliveryId,
              job: job && withLimit(job),
            })),
          ),
        ],
      )
      .options(prepared('add-deliveries'));
    for (const { source, state } of rows) {
      this.note({ type: 'delivery.received', source, state });
    }
    return new Set(rows.map(({ id }) => id));
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
    const rows: DeliveryRow[] = await matching
      .select('webhook_deliveries.*', {
        user_ref: this.db('runs')
          .join('persons', 'persons.id', 'runs.person_id')
          .whereRaw('runs.id = webhook_deliveries.run_id')
          .select('persons.user_ref'),
      })
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
