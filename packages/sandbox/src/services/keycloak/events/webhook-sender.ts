import { createHmac, randomUUID } from 'node:crypto';
import { KeycloakEvent } from './event';
import { WebhookRow, Webhooks } from './webhooks';

/** Delays and bounds of the sender. */
export interface WebhookSenderOptions {
  /** Milliseconds before the first repetition. */
  initialDelayMs: number;
  multiplier: number;
  maxDelayMs: number;
  /** Milliseconds after which a delivery is given up. */
  maxElapsedMs: number;
  /** Milliseconds that one request may take. */
  timeoutMs: number;
  /** Deliveries that wait or run at most; a further one is dropped. */
  queueLimit: number;
}

/** Back-off of p2-inc/keycloak-events (HttpSenderEventListenerProvider.java). */
const defaults: WebhookSenderOptions = {
  initialDelayMs: 500,
  multiplier: 5,
  maxDelayMs: 180_000,
  maxElapsedMs: 900_000,
  timeoutMs: 10_000,
  queueLimit: 1000,
};

interface Delivery {
  webhook: WebhookRow;
  /** What is sent and signed, byte for byte, in every attempt. */
  body: string;
  type: string;
  startedAt: number;
  attempt: number;
}

/**
 * Posts events to webhooks the way p2-inc/keycloak-events does: an answer other
 * than 2xx is tried again with exponential back-off, a connection that fails is
 * not, and nothing outlives a restart. Receivers must reconcile.
 */
export class WebhookSender {
  private readonly options: WebhookSenderOptions;
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly failing = new Set<string>();
  private readonly stopping = new AbortController();
  private pending = 0;

  constructor(
    private readonly webhooks: Webhooks,
    private readonly log: (message: string) => void,
    options: Partial<WebhookSenderOptions> = {},
  ) {
    this.options = { ...defaults, ...options };
  }

  /** Sends an event to everybody who wants it, without waiting. */
  publish(event: KeycloakEvent): void {
    for (const webhook of this.webhooks.wanting(event.type)) {
      if (this.pending >= this.options.queueLimit) {
        this.report(webhook, `${event.type} dropped, too many are waiting`);
        continue;
      }
      this.pending += 1;
      void this.attempt({
        webhook,
        body: JSON.stringify({ uid: randomUUID(), ...event }),
        type: event.type,
        startedAt: Date.now(),
        attempt: 0,
      });
    }
  }

  /** Forgets what waits and ends what runs. */
  stop(): void {
    this.stopping.abort();
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
  }

  private async attempt(delivery: Delivery): Promise<void> {
    const { webhook, type } = delivery;
    const status = await this.post(delivery);
    if (this.stopping.signal.aborted) return;
    if (status !== undefined && status >= 200 && status < 300) {
      this.pending -= 1;
      this.failing.delete(webhook.id);
      return;
    }
    this.report(
      webhook,
      status === undefined
        ? `${type} is lost, ${webhook.url} can't be reached`
        : `${type} is tried again, ${webhook.url} answered ${status}`,
    );
    const delay = status === undefined ? undefined : this.delay(delivery);
    if (delay === undefined) {
      this.pending -= 1;
      return;
    }
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      void this.attempt({ ...delivery, attempt: delivery.attempt + 1 });
    }, delay);
    timer.unref();
    this.timers.add(timer);
  }

  /** The status of the answer; `undefined` when there was none. */
  private async post({ webhook, body }: Delivery): Promise<number | undefined> {
    const headers: Record<string, string> = {
      'Content-Type': 'application/json',
    };
    if (webhook.secret) {
      const hash = webhook.algorithm === 'HmacSHA1' ? 'sha1' : 'sha256';
      headers['X-Keycloak-Signature'] = createHmac(hash, webhook.secret)
        .update(body)
        .digest('hex');
    }
    try {
      const response = await fetch(webhook.url, {
        method: 'POST',
        headers,
        body,
        redirect: 'manual',
        signal: AbortSignal.any([
          this.stopping.signal,
          AbortSignal.timeout(this.options.timeoutMs),
        ]),
      });
      await response.body?.cancel();
      return response.status;
    } catch {
      // The caller says that the receiver can't be reached.
      return undefined;
    }
  }

  /** Milliseconds until the next attempt; `undefined` when there is none. */
  private delay({ attempt, startedAt }: Delivery): number | undefined {
    const { initialDelayMs, multiplier, maxDelayMs, maxElapsedMs } =
      this.options;
    if (Date.now() - startedAt > maxElapsedMs) return undefined;
    const delay = Math.min(initialDelayMs * multiplier ** attempt, maxDelayMs);
    return delay * (0.5 + Math.random());
  }

  /** One line a streak of failures: a portal that is down is no news twice. */
  private report(webhook: WebhookRow, message: string) {
    if (this.failing.has(webhook.id)) return;
    this.failing.add(webhook.id);
    this.log(`webhook: ${message}`);
  }
}
