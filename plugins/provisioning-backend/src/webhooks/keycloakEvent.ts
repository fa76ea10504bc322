import { createHash } from 'node:crypto';
import { z } from 'zod';

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

/** The parts of a Keycloak event that matter here. */
export interface KeycloakEvent {
  type: string;
  /** The same when the same event is sent again. */
  deliveryId: string;
  /** Keycloak's id of the user whom the event is about, when it is about one. */
  subject?: string;
  /** That user's name, where the event says it. */
  username?: string;
}

/** What an event tells about a person. */
export type EventPurpose = 'joins' | 'changes' | 'leaves';

/**
 * The events that matter: Keycloak's `EventType`s behind `access.`, its
 * `ResourceType`s and `OperationType`s behind `admin.`.
 */
const PURPOSES: Record<string, EventPurpose> = {
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

/** What an event tells about a person; undefined when nothing is to be done for it. */
export function purposeOf(type: string): EventPurpose | undefined {
  return PURPOSES[type];
}

/**
 * Reads an event.
 *
 * @throws ZodError when it is none
 */
export function readKeycloakEvent(payload: unknown): KeycloakEvent {
  const event = eventSchema.parse(payload);
  return {
    type: event.type,
    deliveryId:
      event.uid ??
      event.id ??
      createHash('sha256').update(JSON.stringify(payload)).digest('hex'),
    subject: subjectOf(event),
    username: usernameOf(event),
  };
}

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
