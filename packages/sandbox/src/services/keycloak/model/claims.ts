import { Realm } from './realm';
import { UserRow } from './rows';
import { MATTERMOST_ID } from './users';

/** Claims besides the protocol's own; all of them come with scope `openid`. */
export const CLAIM_NAMES = [
  'sub',
  'preferred_username',
  'email',
  'email_verified',
  'name',
  'given_name',
  'family_name',
  'groups',
  'organization',
  'realm_access',
  'id',
];

/** What a client learns about a user, in the ID token as well as from userinfo. */
export interface UserClaims extends Record<string, unknown> {
  sub: string;
  preferred_username: string;
  email_verified: boolean;
  /** Full paths; absent for somebody who is in no group. */
  groups?: string[];
  /** Aliases; absent for somebody who is in no organisation. */
  organization?: string[];
}

/**
 * The claims of a user, as Keycloak's mappers make them.
 *
 * `groups` is what a Group Membership mapper with full paths gives,
 * `organization` what the organization scope gives by default (aliases), and
 * `id` a mapper of the Mattermost client, whose GitLab log-in wants a number.
 */
export function userClaims(
  realm: Realm,
  user: UserRow,
  clientId: string | undefined,
): UserClaims {
  const name = [user.firstName, user.lastName].filter(Boolean).join(' ');
  const groups = realm.groupsOf(user).map(group => realm.groups.path(group));
  const organizations = realm
    .organizationsOf(user)
    .filter(({ enabled }) => enabled);
  return {
    sub: user.id,
    preferred_username: user.username,
    email: user.email,
    email_verified: user.emailVerified,
    name: name || undefined,
    given_name: user.firstName,
    family_name: user.lastName,
    groups: groups.length ? groups : undefined,
    organization: organizations.length
      ? organizations.map(({ alias }) => alias)
      : undefined,
    realm_access: { roles: user.realmRoles },
    id:
      clientId === 'mattermost'
        ? Number(user.attributes[MATTERMOST_ID][0])
        : undefined,
  };
}
