/**
 * Topic on Backstage's events service where every event is published that a
 * webhook of an identity provider has accepted, after its signature was checked.
 *
 * @public
 */
export const IDENTITY_PROVIDER_EVENTS_TOPIC = 'formulary.identity-provider';

/**
 * Payload of {@link IDENTITY_PROVIDER_EVENTS_TOPIC}. It says about whom the
 * identity provider is to be asked, and nothing else. Events may be lost, come
 * late, twice and in any order.
 *
 * @public
 */
export interface IdentityProviderEvent {
  /** Who sent it: `keycloak` or `logto`. */
  source: string;
  /** The identity provider's own name of the event, such as `admin.USER-UPDATE`. */
  type: string;
  /** The identity provider's ids of the people whom it is about. */
  subjects: string[];
  /** The username of the one person whom it is about, when it says so. */
  username?: string;
  /** The id of the organisation whose members changed, when it does not name them all. */
  membersOf?: string;
}
