import { z } from 'zod';
import { EventPurpose } from './PersonEvent';
import type { WebhookSource } from './WebhookSource';

/**
 * What the events extension of Keycloak sends (`ExtendedAdminEvent` and
 * `WebhookSenderEventListenerProvider` of p2-inc/keycloak-events): `uid` is new
 * for each event and webhook and kept when it is sent again; the type is
 * `access.` or `admin.` and Keycloak's own name.
 */
const eventSchema = z.looseObject({
  type: z.string().min(1).max(200),
  uid: z.string().min(1).max(200).nullish(),
  id: z.string().min(1).max(200).nullish(),
  userId: z.string().nullish(),
  authDetails: z.looseObject({ userId: z.string().nullish() }).nullish(),
  details: z.record(z.string(), z.unknown()).nullish(),
  resourcePath: z.string().nullish(),
});

/**
 * The events that matter: Keycloak's `EventType`s behind `access.`, its
 * `ResourceType`s and `OperationType`s behind `admin.`.
 */
const PURPOSES: Partial<Record<string, EventPurpose>> = {
  'access.REGISTER': 'joins',
  'admin.USER-CREATE': 'joins',
  'access.UPDATE_PROFILE': 'changes',
  'access.UPDATE_EMAIL': 'changes',
  'access.VERIFY_EMAIL': 'changes',
  'admin.USER-UPDATE': 'changes',
  'admin.GROUP_MEMBERSHIP-CREATE': 'changes',
  'admin.GROUP_MEMBERSHIP-DELETE': 'changes',
  'admin.ORGANIZATION_MEMBERSHIP-CREATE': 'changes',
  'admin.ORGANIZATION_MEMBERSHIP-DELETE': 'changes',
  'access.DELETE_ACCOUNT': 'leaves',
  'admin.USER-DELETE': 'leaves',
};

/** Events of the extension keycloak-events. */
export const keycloakSource: WebhookSource = {
  id: 'keycloak',
  title: 'Keycloak',
  signatureHeader: 'X-Keycloak-Signature',
  secretHint:
    'The secret of the webhook in Keycloak, with the algorithm HmacSHA256',
  read(payload) {
    const event = eventSchema.parse(payload);
    const subject = subjectOf(event);
    return {
      type: event.type,
      purpose: PURPOSES[event.type],
      subjects: subject === undefined ? [] : [subject],
      username: usernameOf(event),
      deliveryId: event.uid ?? event.id ?? undefined,
    };
  },
};

/** `ORGANIZATION_MEMBERSHIP-CREATE` of Keycloak 26.4 names the user in `details.username` alone. */
function usernameOf({
  details,
}: z.infer<typeof eventSchema>): string | undefined {
  const username = details?.username;
  return typeof username === 'string' && username ? username : undefined;
}

function subjectOf(event: z.infer<typeof eventSchema>): string | undefined {
  if (event.type.startsWith('access.')) {
    return event.userId ?? event.authDetails?.userId ?? undefined;
  }
  // In an admin event, authDetails is the administrator.
  const fromDetails = event.details?.userId;
  if (typeof fromDetails === 'string') return fromDetails;
  return event.resourcePath?.match(
    /^(?:users|organizations\/[^/]+\/members)\/([^/]+)/,
  )?.[1];
}
