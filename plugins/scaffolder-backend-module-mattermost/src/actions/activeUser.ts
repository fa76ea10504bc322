import { InputError } from '@backstage/errors';
import { MattermostUser } from '@formulary/plugin-mattermost-node';

/** @throws InputError when there is no account of the name */
export function requireUser(
  user: MattermostUser | undefined,
  username: string,
): MattermostUser {
  if (user) return user;
  throw new InputError(
    `There is no Mattermost user called "${username}". Run platform:pre-provision-user before this step, and take the name from its output accounts.mattermost.username`,
  );
}

/** @throws InputError when the account is deactivated */
export function requireActive(user: MattermostUser): void {
  if (user.delete_at > 0) {
    throw new InputError(
      `The Mattermost user "${user.username}" is deactivated. Have an admin activate it, and run the template again`,
    );
  }
}
