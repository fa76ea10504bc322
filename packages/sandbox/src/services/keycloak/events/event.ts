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
  /** `access.<type>` or `admin.<resource>-<operation>`. */
  type: string;
  /** Name of the realm. */
  realmId: string;
  /** Milliseconds since 1970. */
  time: number;
  authDetails: EventAuthor & { realmId: string };
  details: Record<string, string>;
  resourceType?: string;
  operationType?: 'CREATE' | 'UPDATE' | 'DELETE' | 'ACTION';
  resourcePath?: string;
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
  /** The user that the path names, when it names just that. */
  user?: UserRow;
}

/** The event of what an administrator did. */
export function adminEvent(realm: string, action: AdminAction): KeycloakEvent {
  const { author, user, representation, resourceType, operationType } = action;
  return {
    type: `admin.${resourceType}-${operationType}`,
    realmId: realm,
    time: Date.now(),
    authDetails: { realmId: realm, ...author },
    details: user ? { userId: user.id, username: user.username } : {},
    resourceType,
    operationType,
    resourcePath: action.resourcePath,
    representation:
      representation === undefined ? undefined : JSON.stringify(representation),
  };
}

/** The event of somebody who signed up; details as Keycloak's registration page gives. */
export function registerEvent(
  realm: string,
  user: UserRow,
  author: Omit<EventAuthor, 'userId' | 'username'>,
): KeycloakEvent {
  return {
    type: 'access.REGISTER',
    realmId: realm,
    time: Date.now(),
    authDetails: {
      realmId: realm,
      ...author,
      userId: user.id,
      username: user.username,
    },
    details: {
      auth_method: 'openid-connect',
      register_method: 'form',
      username: user.username,
      email: user.email ?? '',
      first_name: user.firstName ?? '',
      last_name: user.lastName ?? '',
    },
  };
}
