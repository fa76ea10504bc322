import { randomUUID } from 'node:crypto';
import { Collection, Row, Store } from '../../../core/store';

/** Somebody who wants to be told of events. */
export interface WebhookRow extends Row {
  enabled: boolean;
  url: string;
  secret?: string;
  algorithm: 'HmacSHA256' | 'HmacSHA1';
  /** Types, `*`, `access.*`, `admin.*`, or regular expressions of whole types. */
  eventTypes: string[];
  createdBy: string;
  /** Milliseconds since 1970. */
  createdAt: number;
}

/** Webhooks at most, so that nobody fills the disk. */
const LIMIT = 50;

/** The webhooks of the realm. */
export class Webhooks {
  private readonly rows: Collection<WebhookRow>;

  constructor(store: Store) {
    this.rows = store.collection<WebhookRow>('webhooks');
  }

  get(id: string): WebhookRow | undefined {
    return this.rows.get(id);
  }

  all(): WebhookRow[] {
    return this.rows.all();
  }

  get full(): boolean {
    return this.rows.size >= LIMIT;
  }

  create(webhook: Omit<WebhookRow, 'id' | 'createdAt'>): WebhookRow {
    return this.save({ ...webhook, id: randomUUID(), createdAt: Date.now() });
  }

  save(webhook: WebhookRow): WebhookRow {
    return this.rows.put(webhook);
  }

  delete(id: string): boolean {
    return this.rows.delete(id);
  }

  /** The enabled webhooks that want a type of event. */
  wanting(type: string): WebhookRow[] {
    return this.rows.filter(
      ({ enabled, eventTypes }) =>
        enabled && eventTypes.some(wanted => matches(wanted, type)),
    );
  }
}

/** `enabledFor` in p2-inc's WebhookSenderEventListenerProvider.java. */
function matches(wanted: string, type: string): boolean {
  if (wanted === '*' || wanted === type) return true;
  try {
    return new RegExp(`^(?:${wanted})$`).test(type);
  } catch {
    // A type that is no regular expression matches only literally.
    return false;
  }
}
