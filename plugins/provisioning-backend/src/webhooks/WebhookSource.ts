import { keycloakSource } from './keycloakEvent';
import { logtoSource } from './logtoEvent';
import { PersonEvent } from './PersonEvent';

/** What the webhook of an identity provider does in its own way. */
export interface WebhookSource {
  /** Name in the path, the config and the log of deliveries, such as `keycloak`. */
  id: string;
  /** Name for people. */
  title: string;
  /** Header with the hexadecimal HMAC-SHA256 of the body. */
  signatureHeader: string;
  /** Where the secret is found at the identity provider; for people. */
  secretHint: string;
  /**
   * Reads an event.
   *
   * @throws ZodError when it is none
   */
  read(payload: unknown): PersonEvent;
}

/** Every identity provider that may send events. */
export const webhookSources: WebhookSource[] = [keycloakSource, logtoSource];
