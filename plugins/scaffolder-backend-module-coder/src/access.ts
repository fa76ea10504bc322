import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { CoderCallOptions, CoderClient } from '@formulary/plugin-coder-node';
import { TaskAccess } from '@formulary/plugin-provisioning-node';

/**
 * What an action needs to act on Coder for somebody.
 *
 * @public
 */
export interface CoderActionOptions {
  client: CoderClient;
  taskAccess: TaskAccess;
}

/**
 * Lets a task act on the workspaces of its user's own account, of others' only
 * with the permission `provisioning.resources.manage`.
 *
 * @throws NotAllowedError otherwise
 */
export async function requireOwner(
  { taskAccess }: CoderActionOptions,
  credentials: BackstageCredentials,
  owner: string,
): Promise<void> {
  await taskAccess.requireOwn(credentials, {
    service: 'coder',
    title: 'Coder',
    username: owner,
  });
}

/**
 * Makes sure that the owner of a workspace is there and may work.
 *
 * @throws InputError that says what to do
 */
export async function requireActiveUser(
  client: CoderClient,
  owner: string,
  options: CoderCallOptions,
): Promise<void> {
  const user = await client.users.find(owner, options);
  // Coder finds users by id and "me", too; a workspace's address has the username.
  if (!user || user.username.toLowerCase() !== owner.toLowerCase()) {
    throw new InputError(
      `Coder has no user "${owner}". Their account is made by the step platform:pre-provision-user`,
    );
  }
  if (user.status === 'suspended') {
    throw new InputError(
      `The Coder user "${owner}" is suspended, so no workspace can run for them. Have an administrator of Coder activate the account`,
    );
  }
}
