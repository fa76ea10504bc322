import { InputError } from '@backstage/errors';
import {
  MattermostClient,
  MattermostUser,
} from '@formulary/plugin-mattermost-node';

/**
 * The account of a name, when it can be used.
 *
 * @throws InputError when there is none, or it is deactivated
 */
export async function activeUser(
  client: MattermostClient,
  username: string,
  signal?: AbortSignal,
): Promise<MattermostUser> {
  const user = await client.users.byUsername(username, { signal });
  if (!user) {
    throw new InputError(
      `There is no Mattermost user called "${username}". Run platform:pre-provision-user before this step, and take the name from its output accounts.mattermost.username`,
    );
  }
  if (user.delete_at > 0) {
    throw new InputError(
      `The Mattermost user "${username}" is deactivated. Have an admin activate it, and run the template again`,
    );
  }
  return user;
}
