import { randomBytes } from 'node:crypto';
import {
  MattermostAuth,
  MattermostClient,
  MattermostUser,
} from '@formulary/plugin-mattermost-node';
import { Person } from '@formulary/plugin-provisioning-common';
import { ConnectorCallOptions } from '@formulary/plugin-provisioning-node';
import { isServiceError } from '@formulary/service-client-node';
import { accountNames } from '../naming';
import { mattermostNameRules } from './nameRules';

/** Longest name field, in characters (server/public/model/user.go). */
const NAME_LENGTH = 64;

/**
 * Makes a person's account under the first of their names that is free.
 *
 * @throws ServiceError of kind `conflict` when the address is taken, or every name is
 */
export async function createAccount(
  client: MattermostClient,
  person: Person,
  identity: MattermostAuth | undefined,
  options?: ConnectorCallOptions,
): Promise<MattermostUser> {
  const names = accountNames(person, mattermostNameRules);
  for (const [index, username] of names.entries()) {
    try {
      return await client.users.create(
        {
          username,
          email: person.email,
          ...fullName(person),
          email_verified: person.emailVerified,
          // Without single sign-on nobody ever learns this password: the person sets one by mail.
          ...(identity
            ? { auth: identity }
            : { password: `Aa1!${randomBytes(24).toString('base64url')}` }),
        },
        options,
      );
    } catch (error) {
      const isNameTaken =
        isServiceError(error, 'conflict') &&
        error.code === 'app.user.save.username_exists.app_error';
      if (!isNameTaken || index === names.length - 1) throw error;
    }
  }
  throw new Error(`no name could be made for ${person.username}`);
}

function fullName({ firstName, lastName, displayName }: Person) {
  const [first, ...rest] = displayName.trim().split(/\s+/);
  const cut = (text: string) => [...text].slice(0, NAME_LENGTH).join('');
  return {
    first_name: cut(firstName ?? first),
    last_name: cut(lastName ?? rest.join(' ')),
  };
}
