import { DeliveryStore, NewDelivery } from '../database/DeliveryStore';

/** Deliveries written at once at most. */
const MOST = 100;

interface Waiting {
  delivery: NewDelivery;
  resolve(isNew: boolean): void;
  reject(reason: unknown): void;
}

/**
 * Keeps deliveries. Those that come while others are written are written
 * together after them: one transaction that adds jobs waits for another, since
 * PostgreSQL has those who notify commit one after the other
 * (`PreCommit_Notify`, src/backend/commands/async.c).
 */
export class DeliveryInbox {
  private waiting: Waiting[] = [];
  private isWriting = false;

  constructor(private readonly deliveries: Pick<DeliveryStore, 'add'>) {}

  /** Keeps a delivery; once this returns it is safe. Tells whether it is new, and not one that was sent before. */
  async keep(delivery: NewDelivery): Promise<boolean> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ delivery, resolve, reject });
      if (!this.isWriting) void this.writeAll();
    });
  }

  private async writeAll(): Promise<void> {
    this.isWriting = true;
    while (this.waiting.length > 0) {
      await this.write(this.waiting.splice(0, MOST));
    }
    this.isWriting = false;
  }

  /** Answers everybody, whatever happens: it never rejects. */
  private async write(some: Waiting[]): Promise<void> {
    try {
      const kept = await this.deliveries.add(
        some.map(({ delivery }) => delivery),
      );
      for (const { delivery, resolve } of some) resolve(kept.has(delivery.id));
    } catch (error) {
      if (some.length === 1) {
        some[0].reject(error);
        return;
      }
      // One that PostgreSQL does not take must not bring down the others.
      for (const one of some) await this.write([one]);
    }
  }
}
