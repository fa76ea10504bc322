import { LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import { isServiceError } from '@formulary/service-client-node';
import { z } from 'zod';
import { Delivery } from '../database/DeliveryStore';
import { ProvisioningDatabase } from '../database/ProvisioningDatabase';
import { Provisioning } from '../engine/Provisioning';
import { PersonResolver } from '../identity/PersonResolver';
import { ResolvedPerson } from '../identity/ResolvedPerson';
import { userRefOf } from '../identity/userRef';
import { readKeycloakEvent } from './keycloakEvent';

/** Name of the task that works on deliveries. */
export const DELIVERY_TASK = 'delivery';

const payloadSchema = z.object({ deliveryId: z.uuid() });

/** Tries of a delivery while the identity provider cannot be asked: about an hour. */
const ATTEMPTS = 60;
const MAX_DELAY_MS = 60_000;

/** Turns stored deliveries into runs. */
export class DeliveryProcessor {
  constructor(
    private readonly database: ProvisioningDatabase,
    private readonly provisioning: Provisioning,
    private readonly persons: PersonResolver,
    private readonly logger: LoggerService,
  ) {}

  /** Works on a delivery. One that is done with is left alone. */
  async handle(payload: unknown): Promise<void> {
    const { deliveryId } = payloadSchema.parse(payload);
    const delivery = await this.database.deliveries.begin(deliveryId);
    if (!delivery) return;
    try {
      await this.process(delivery);
    } catch (error) {
      await this.fail(delivery, error);
    }
  }

  private async process(delivery: Delivery): Promise<void> {
    const person = await this.resolve(delivery.payload);
    if (!person) {
      await this.database.deliveries.finish(delivery.id, {
        state: 'ignored',
        message: 'The identity provider knows no such user in this realm',
      });
      return;
    }
    const { run } = await this.provisioning.onboard(person, {
      source: 'webhook',
      requestedBy: delivery.source,
    });
    await this.database.deliveries.finish(delivery.id, {
      state: 'processed',
      message: person.refusal,
      runId: run.id,
    });
  }

  private async resolve(payload: unknown): Promise<ResolvedPerson | undefined> {
    const { subject, username } = readKeycloakEvent(payload);
    if (this.persons.asksIdentityProvider) {
      if (subject) return this.persons.bySubject(subject);
      return username ? this.persons.byUsername(username) : undefined;
    }
    return username ? this.persons.byUserRef(userRefOf(username)) : undefined;
  }

  private async fail(delivery: Delivery, error: unknown): Promise<void> {
    const message = isError(error) ? error.message : String(error);
    const mayPass = isServiceError(error)
      ? error.transient
      : isError(error) && error.name === 'NotFoundError';
    if (mayPass && delivery.attempts < ATTEMPTS) {
      await this.database.transaction(async stores => {
        await stores.deliveries.postpone(delivery.id, message);
        await stores.jobs.add({
          task: DELIVERY_TASK,
          payload: { deliveryId: delivery.id },
          key: `delivery:${delivery.id}`,
          delayMs: Math.min(MAX_DELAY_MS, 1_000 * 2 ** (delivery.attempts - 1)),
        });
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
