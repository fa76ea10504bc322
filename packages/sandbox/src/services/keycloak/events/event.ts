import { randomUUID } from 'node:crypto';
import { Realm } from '../model/realm';
import { UserRow } from '../model/rows';

/** Who caused an event. */
export interface EventAuthor {
  clientId: string;
  ipAddress: string;
  userId?: string;
  username?: string;
  sessionId?: string;
}

/**
 * An event as p2-inc/keycloak-events posts it, but for the `uid`, which is new
 * for every delivery (`representation/ExtendedAdminEvent.java` there).
 */
export interface KeycloakEvent {
  id: string;
  /** `access.<type>` or `admin.<resource>-<operation>`. */
  type: string;
  realmId: string;
  realmName: string;
  /** Milliseconds since 1970. */
  time: number;
  /** `realmId` is the realm's name here. */
  authDetails: EventAuthor & { realmId: string };
  details: Record<string, string>;
  resourceType?: string;
  operationType?: 'CREATE' | 'UPDATE' | 'DELETE' | 'ACTION';
  resourcePath?: string;
  /** Last segment of the path, whatever it is. */
  resourceId?: string;
  /** JSON of the resource. */
  representation?: string;
}

/** Something that an administrator did, or the service account for one. */
export interface AdminAction {
  resourceType:
    | 'USER'
    | 'GROUP'
    | 'GROUP_MEMBERSHIP'
    | 'ORGANIZATION'
    | 'ORGANIZATION_MEMBERSHIP'
    | 'REALM_ROLE_MAPPING';
  operationType: NonNullable<KeycloakEvent['operationType']>;
  resourcePath: string;
  representation?: unknown;
  author: EventAuthor;
  /** What the event says besides; of a membership, the user's name and address. */
  details?: Record<string, string>;
}

/** The event of what an administrator did. */
export function adminEvent(realm: Realm, action: AdminAction): KeycloakEvent {
  const { author, representation, resourceType, operationType } = action;
  return {
    id: randomUUID(),
    type: `admin.${resourceType}-${operationType}`,
    realmId: realm.id,
    realmName: realm.name,
    time: Date.now(),
    authDetails: { realmId: realm.name, ...author },
    details: action.details ?? {},
    resourceType,
    operationType,
    resourcePath: action.resourcePath,
    resourceId: action.resourcePath.split('/').pop(),
    representation:
      representation === undefined ? undefined : JSON.stringify(representation),
  };
}

/** What Keycloak says of the user in the event of a membership. */
export function memberDetails({
  username,
  email,
}: UserRow): Record<string, string> {
  return email ? { username, email } : { username };
}

/** The event of somebody who signed up; details as Keycloak's registration page gives. */
export function registerEvent(
  realm: Realm,
  user: UserRow,
  author: Omit<EventAuthor, 'userId' | 'username'>,
): KeycloakEvent {
  return {
    id: randomUUID(),
    type: 'access.REGISTER',
    realmId: realm.id,
    realmName: realm.name,
    time: Date.now(),
    authDetails: {
      realmId: realm.name,
      ...author,
      userId: user.id,
      username: user.username,
    },
    details: {
      auth_method: 'openid-connect',
      auth_type: 'code',
      register_method: 'form',
      username: user.username,
      email: user.email ?? '',
      first_name: user.firstName ?? '',
      last_name: user.lastName ?? '',
    },
  };
}
