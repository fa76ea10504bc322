import KeycloakAdminClient from '@keycloak/keycloak-admin-client';
import { Outcome } from '../report';
import { Settings } from '../settings';
import { differs } from '../differs';

/** Event listener of p2-inc/keycloak-events that calls webhooks. */
const WEBHOOK_LISTENER = 'ext-event-webhook';

/** Makes sure of the realm: sign-up, organisations, mail, lifetimes, events. */
export async function ensureRealm(
  client: KeycloakAdminClient,
  settings: Settings<'keycloak'>,
): Promise<Outcome> {
  const realm = settings.KEYCLOAK_REALM;
  const wanted = {
    enabled: true,
    registrationAllowed: true,
    loginWithEmailAllowed: true,
    duplicateEmailsAllowed: false,
    resetPasswordAllowed: true,
    organizationsEnabled: true,
    // Nobody could verify an address without mail; unverified ones never match a person.
    verifyEmail: settings.SMTP_HOST !== undefined,
    // With the default of 5 minutes the portal renews before every request.
    accessTokenLifespan: 900,
    ...(settings.SMTP_HOST
      ? {
          smtpServer: {
            host: settings.SMTP_HOST,
            port: String(settings.SMTP_PORT),
            from: settings.SMTP_FROM,
          },
        }
      : {}),
  };
  const present = await client.realms.findOne({ realm });
  if (!present) {
    await client.realms.create({ realm, ...wanted });
    return 'created';
  }
  if (!differs(present, wanted)) return 'was there already';
  await client.realms.update({ realm }, wanted);
  return 'updated';
}

/** Makes sure that events reach the webhooks and are kept for a week. */
export async function ensureEvents(
  client: KeycloakAdminClient,
  realm: string,
): Promise<Outcome> {
  const present = await client.realms.getConfigEvents({ realm });
  const listeners = present.eventsListeners ?? [];
  const wanted = {
    eventsEnabled: true,
    eventsExpiration: 7 * 24 * 3600,
    adminEventsEnabled: true,
    // Without the representation a webhook tells of a new person without saying who.
    adminEventsDetailsEnabled: true,
    eventsListeners: listeners.includes(WEBHOOK_LISTENER)
      ? listeners
      : [...listeners, WEBHOOK_LISTENER],
  };
  if (!differs(present, wanted)) return 'was there already';
  await client.realms.updateConfigEvents({ realm }, wanted);
  return 'updated';
}

/** Attribute that holds the number which Mattermost knows a person by. */
export const MATTERMOST_ID = 'mattermostId';

/**
 * Makes sure that administrators, and nobody else, may give a person a number:
 * whoever could choose it could take over a stranger's Mattermost account.
 */
export async function ensureProfile(
  client: KeycloakAdminClient,
  realm: string,
): Promise<Outcome> {
  const profile = await client.users.getProfile({ realm });
  const wanted = {
    name: MATTERMOST_ID,
    displayName: 'Mattermost number',
    permissions: { view: ['admin'], edit: ['admin'] },
    multivalued: false,
  };
  const attributes = profile.attributes ?? [];
  const present = attributes.find(({ name }) => name === MATTERMOST_ID);
  if (present && !differs(present, wanted)) return 'was there already';
  await client.users.updateProfile({
    ...profile,
    realm,
    attributes: [
      ...attributes.filter(({ name }) => name !== MATTERMOST_ID),
      { ...present, ...wanted },
    ],
  });
  return present ? 'updated' : 'created';
}
