import { createHash, randomUUID } from 'node:crypto';
import { AuditorService, LoggerService } from '@backstage/backend-plugin-api';
import { AuthenticationError, InputError } from '@backstage/errors';
import { EventsService } from '@backstage/plugin-events-node';
import {
  IDENTITY_PROVIDER_EVENTS_TOPIC,
  IdentityProviderEvent,
} from '@formulary/plugin-provisioning-node';
import { Request } from 'express';
import { ProvisioningDatabase } from '../database/ProvisioningDatabase';
import { audited } from '../http/audited';
import { DeliveryInbox } from './DeliveryInbox';
import { deliveryJob } from './DeliveryProcessor';
import { PersonEvent } from './PersonEvent';
import { isSigned } from './signature';
import { WebhookSource } from './WebhookSource';

/** What is answered to a delivery. */
export type DeliveryReceipt = 'stored' | 'duplicate' | 'ignored';

/** What a webhook is made of. */
export interface WebhookOptions {
  source: WebhookSource;
  /** What the sender signs with. */
  secret: string;
  /** Milliseconds after which an event is refused; undefined: never. */
  maxAgeMs?: number;
  database: ProvisioningDatabase;
  auditor: AuditorService;
  /** Where the rest of the backend hears of what was accepted. */
  events: EventsService;
  logger: LoggerService;
}

/** Accepts the events of an identity provider: checks the signature and stores the delivery, in that order. */
export class Webhook {
  private readonly inbox: DeliveryInbox;

  /**
   * @throws InputError when it would accept what nobody has signed, or nothing at all
   */
  constructor(private readonly options: WebhookOptions) {
    const { source, secret, maxAgeMs } = options;
    this.inbox = new DeliveryInbox(options.database.deliveries);
    const key = `provisioning.webhooks.${source.id}`;
    if (!secret.trim()) {
      throw new InputError(`${key}.secret is empty: ${source.secretHint}`);
    }
    if (maxAgeMs !== undefined && !(maxAgeMs > 0)) {
      throw new InputError(`${key}.maxAge must be longer than nothing`);
    }
  }

  /** Path below the plugin's own. */
  get path(): string {
    return `/webhooks/${this.options.source.id}`;
  }

  /**
   * Keeps a delivery to be worked on. Once this returns, the delivery is safe.
   *
   * @throws AuthenticationError when the signature is missing or wrong
   * @throws InputError when the body is not an event, or an old one
   */
  async accept(request: Request, body: Buffer): Promise<DeliveryReceipt> {
    return audited(
      this.options.auditor,
      {
        eventId: 'webhook-delivery',
        request,
        meta: { source: this.options.source.id },
      },
      () => this.store(request, body),
    );
  }

  private async store(
    request: Request,
    body: Buffer,
  ): Promise<DeliveryReceipt> {
    const { source, secret, logger } = this.options;
    if (!isSigned(body, request.header(source.signatureHeader), secret)) {
      throw new AuthenticationError(
        `The signature in ${source.signatureHeader} is missing or wrong. ${source.secretHint} and provisioning.webhooks.${source.id}.secret must be the same`,
      );
    }
    const { payload, event } = this.read(body);
    this.assertRecent(event);
    const wanted = event.purpose !== undefined;
    const id = randomUUID();
    const isNew = await this.inbox.keep({
      id,
      source: source.id,
      deliveryId:
        event.deliveryId ?? createHash('sha256').update(body).digest('hex'),
      type: event.type,
      payload,
      ...(wanted
        ? { state: 'stored', job: deliveryJob(id) }
        : {
            state: 'ignored',
            message: 'Nothing is to be done for this event',
          }),
    });
    if (!isNew) return 'duplicate';
    logger.info(`${source.title} sent ${event.type}, kept as delivery ${id}`);
    this.publish(event);
    return wanted ? 'stored' : 'ignored';
  }

  /** The delivery is safe: neither the sender nor the work on it waits for those who only listen. */
  private publish(event: PersonEvent): void {
    const { source, events, logger } = this.options;
    const { type, subjects, username, membersOf } = event;
    const eventPayload: IdentityProviderEvent = {
      source: source.id,
      ...{ type, subjects, username, membersOf },
    };
    events
      .publish({ topic: IDENTITY_PROVIDER_EVENTS_TOPIC, eventPayload })
      .catch(error => logger.warn(`${type} could not be published: ${error}`));
  }

  private read(body: Buffer) {
    const { source } = this.options;
    try {
      const payload: unknown = JSON.parse(body.toString('utf8'));
      return { payload, event: source.read(payload) };
    } catch (error) {
      throw new InputError(
        `The body is not an event of ${source.title}`,
        error,
      );
    }
  }

  private assertRecent({ createdAt }: PersonEvent) {
    const { source, maxAgeMs } = this.options;
    if (!createdAt || maxAgeMs === undefined) return;
    if (Date.now() - createdAt.getTime() > maxAgeMs) {
      throw new InputError(
        `The event is of ${createdAt.toISOString()}, older than provisioning.webhooks.${
          source.id
        }.maxAge allows. If ${
          source.title
        } has just sent it, compare the clocks of the two machines`,
      );
    }
  }
}
