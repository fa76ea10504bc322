import { LoggerService } from '@backstage/backend-plugin-api';
import { InputError, isError } from '@backstage/errors';
import { z } from 'zod';
import { Delivery } from '../database/DeliveryStore';
import { Job, JobStore } from '../database/JobStore';
import { ProvisioningDatabase } from '../database/ProvisioningDatabase';
import { isWorthAnotherTry } from './isWorthAnotherTry';
import { PersonEvent } from './PersonEvent';
import { PersonEvents } from './PersonEvents';
import { webhookSources } from './WebhookSource';

/** Name of the task that works on deliveries. */
export const DELIVERY_TASK = 'delivery';

const payloadSchema = z.object({ deliveryId: z.uuid() });

/** Tries of a delivery while the identity provider cannot be asked: about an hour. */
const ATTEMPTS = 60;
const MAX_DELAY_MS = 60_000;

/** Has a stored delivery worked on, now or later. */
export async function addDeliveryJob(
  jobs: JobStore,
  deliveryId: string,
  delayMs?: number,
): Promise<void> {
  await jobs.add({ ...deliveryJob(deliveryId), delayMs });
}

/** The job that works on a delivery. */
export function deliveryJob(deliveryId: string): Job {
  return {
    task: DELIVERY_TASK,
    payload: { deliveryId },
    key: `delivery:${deliveryId}`,
  };
}

/** Works on stored deliveries until they have led to something. */
export class DeliveryProcessor {
  constructor(
    private readonly database: ProvisioningDatabase,
    private readonly events: PersonEvents,
    private readonly logger: LoggerService,
  ) {}

  /** Works on a delivery. One that is done with is left alone. */
  async handle(payload: unknown): Promise<void> {
    const { deliveryId } = payloadSchema.parse(payload);
    const delivery = await this.database.deliveries.begin(deliveryId);
    if (!delivery) return;
    try {
      const result = await this.events.handle(
        readEvent(delivery),
        delivery.source,
      );
      await this.database.deliveries.finish(delivery.id, {
        state: result.runId ? 'processed' : 'ignored',
        ...result,
      });
    } catch (error) {
      await this.fail(delivery, error);
    }
  }

  private async fail(delivery: Delivery, error: unknown): Promise<void> {
    const message = isError(error) ? error.message : String(error);
    if (isWorthAnotherTry(error) && delivery.attempts < ATTEMPTS) {
      await this.database.transaction(async stores => {
        await stores.deliveries.postpone(delivery.id, message);
        await addDeliveryJob(
          stores.jobs,
          delivery.id,
          Math.min(MAX_DELAY_MS, 1_000 * 2 ** (delivery.attempts - 1)),
        );
      });
      return;
    }
    this.logger.error(
      `Delivery ${delivery.id} (${delivery.type}) failed: ${message}`,
    );
    await this.database.deliveries.finish(delivery.id, {
      state: 'failed',
      message,
    });
  }
}

function readEvent({ source, payload }: Delivery): PersonEvent {
  const sender = webhookSources.find(({ id }) => id === source);
  if (!sender) {
    throw new InputError(`Nobody here can read a delivery of ${source}`);
  }
  return sender.read(payload);
}
