import {
  MattermostAuth,
  MattermostSso,
  MattermostUser,
} from '@formulary/plugin-mattermost-node';
import { Person } from '@formulary/plugin-provisioning-common';
import { ServiceError } from '@formulary/service-client-node';

/** In front of the identity of a suspended account, so that no log-in finds it. */
const PARKED = 'suspended:';

/**
 * What links a person's account to the identity provider; `undefined` when
 * Mattermost has no single sign-on.
 *
 * @throws ServiceError of kind `validation` that names the attribute which the person lacks
 */
export function identityOf(
  person: Person,
  sso: MattermostSso,
): MattermostAuth | undefined {
  if (sso.mode === 'email') return undefined;
  if (sso.mode === 'openid') {
    return { auth_service: 'openid', auth_data: person.subject };
  }
  const id = person.attributes?.[sso.idAttribute];
  // The server decodes a 64-bit number that is not 0 (app/oauthproviders/gitlab).
  if (!id || !/^[1-9]\d{0,18}$/.test(id)) {
    throw new ServiceError(
      `Mattermost could not get an account for ${person.username}: ` +
        `${
          id
            ? `the attribute "${sso.idAttribute}" is "${id}", which is not a whole number above 0`
            : `the person has no attribute "${sso.idAttribute}"`
        }. ` +
        'Give the user that attribute in the identity provider, with a number of their own, and try again',
      { kind: 'validation', service: 'Mattermost' },
    );
  }
  return { auth_service: 'gitlab', auth_data: id };
}

/** The link of a suspended account. */
export function parked(auth: MattermostAuth): MattermostAuth {
  return { ...auth, auth_data: `${PARKED}${auth.auth_data}` };
}

/** Whether an account's link was put aside. */
export function isParked(user: MattermostUser): boolean {
  return user.auth_data?.startsWith(PARKED) ?? false;
}

/** Whether an account has exactly this link. */
export function hasAuth(user: MattermostUser, auth: MattermostAuth): boolean {
  return (
    user.auth_service === auth.auth_service && user.auth_data === auth.auth_data
  );
}

/** Whether an account has a password of its own and no link to any identity. */
export function isLocal(user: MattermostUser): boolean {
  return (
    !user.auth_data &&
    (user.auth_service === '' || user.auth_service === 'email')
  );
}

/** Whether an account may do everything on the server. */
export function isSystemAdmin(user: MattermostUser): boolean {
  return user.roles.split(' ').includes('system_admin');
}
