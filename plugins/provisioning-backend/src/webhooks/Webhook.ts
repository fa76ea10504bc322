import { AuditorService, LoggerService } from '@backstage/backend-plugin-api';
import { AuthenticationError, InputError } from '@backstage/errors';
import { Request } from 'express';
import { ProvisioningDatabase } from '../database/ProvisioningDatabase';
import { audited } from '../http/audited';
import { addDeliveryJob } from './DeliveryProcessor';
import { purposeOf, readKeycloakEvent } from './keycloakEvent';
import { isSigned } from './signature';

/** What is answered to a delivery. */
export type DeliveryReceipt = 'stored' | 'duplicate' | 'ignored';

/** Accepts the events of Keycloak: checks the signature and stores the delivery, in that order. */
export class KeycloakWebhook {
  constructor(
    private readonly database: ProvisioningDatabase,
    private readonly secret: string,
    private readonly auditor: AuditorService,
    private readonly logger: LoggerService,
  ) {}

  /**
   * Keeps a delivery to be worked on. Once this returns, the delivery is safe.
   *
   * @throws AuthenticationError when the signature is missing or wrong
   * @throws InputError when the body is not an event
   */
  async accept(request: Request, body: Buffer): Promise<DeliveryReceipt> {
    return audited(
      this.auditor,
      {
        eventId: 'webhook-delivery',
        request,
        meta: { source: 'keycloak' },
      },
      () => this.store(request, body),
    );
  }

  private async store(
    request: Request,
    body: Buffer,
  ): Promise<DeliveryReceipt> {
    const signature = request.header('x-keycloak-signature');
    if (!isSigned(body, signature, this.secret)) {
      throw new AuthenticationError(
        'The signature in X-Keycloak-Signature is missing or wrong. The secret of the webhook in Keycloak and provisioning.webhooks.keycloak.secret must be the same, with the algorithm HmacSHA256',
      );
    }
    const { payload, event } = read(body);
    const wanted = purposeOf(event.type) !== undefined;
    const id = await this.database.transaction(async stores => {
      const stored = await stores.deliveries.add({
        source: 'keycloak',
        deliveryId: event.deliveryId,
        type: event.type,
        payload,
        state: wanted ? 'stored' : 'ignored',
        message: wanted ? undefined : 'Nothing is to be done for this event',
      });
      if (stored && wanted) await addDeliveryJob(stores.jobs, stored);
      return stored;
    });
    if (!id) return 'duplicate';
    this.logger.info(`Keycloak sent ${event.type}, kept as delivery ${id}`);
    return wanted ? 'stored' : 'ignored';
  }
}

function read(body: Buffer) {
  try {
    const payload: unknown = JSON.parse(body.toString('utf8'));
    return { payload, event: readKeycloakEvent(payload) };
  } catch (error) {
    throw new InputError('The body is not an event of Keycloak', error);
  }
}
