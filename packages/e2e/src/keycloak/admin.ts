import { KeycloakAdmin } from '../keycloakAdmin';
import type { NewPerson } from '../portal';
import { credentials } from './sandbox';

const admin = () => new KeycloakAdmin(credentials().services.keycloak);

/** Makes a user as an administrator does; gives their id. */
export const createUser = (person: NewPerson): Promise<string> =>
  admin().createUser(person);

/** The id of a user. */
export const findUserId = (username: string): Promise<string> =>
  admin().findUserId(username);

/** Vouches for the e-mail address of a user, as a mail with a link does where there is mail. */
export const verifyEmail = (userId: string): Promise<void> =>
  admin().verifyEmail(userId);

/** Makes a user a member of an organisation, and of its developers' group. */
export const admit = (userId: string, alias: string): Promise<void> =>
  admin().admit(userId, alias);

/** Lets Keycloak's events extension tell the portal of new people. */
export const createWebhook = (): Promise<void> =>
  admin().createWebhook(credentials().portal.url);
