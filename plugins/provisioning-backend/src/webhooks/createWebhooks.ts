import { AuditorService, LoggerService } from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { EventsService } from '@backstage/plugin-events-node';
import { ProvisioningDatabase } from '../database/ProvisioningDatabase';
import { readWebhookMaxAgeMs } from '../settings';
import { Webhook } from './Webhook';
import { webhookSources } from './WebhookSource';

/**
 * Sets up the webhooks whose secrets the config has.
 *
 * @throws InputError when the config has the webhook of one identity provider and asks another about people
 */
export function createWebhooks(options: {
  config: Config;
  database: ProvisioningDatabase;
  auditor: AuditorService;
  events: EventsService;
  logger: LoggerService;
}): Webhook[] {
  const { config, ...services } = options;
  const present = webhookSources.filter(({ id }) =>
    config.has(`provisioning.webhooks.${id}`),
  );
  for (const { id, title } of present) {
    // Ids of people mean nothing to another identity provider; only Keycloak's
    // events name people so that the catalog can stand in for it.
    const asked = config.has('provisioning.logto') ? 'logto' : 'keycloak';
    if (asked !== id) {
      throw new InputError(
        `provisioning.webhooks.${id} is set, but not provisioning.${id}, where the people in the events of ${title} are looked up. Set it, or take the webhook out`,
      );
    }
  }
  return present.map(
    source =>
      new Webhook({
        source,
        secret: config.getString(`provisioning.webhooks.${source.id}.secret`),
        maxAgeMs: readWebhookMaxAgeMs(config, source.id),
        ...services,
      }),
  );
}
