import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { GiteaClient, GiteaRepository } from '@formulary/plugin-gitea-node';
import { TaskAccess } from '@formulary/plugin-provisioning-node';

/**
 * What an action needs to act on Gitea for somebody.
 *
 * @public
 */
export interface GiteaActionOptions {
  client: GiteaClient;
  taskAccess: TaskAccess;
}

/** Who asks, and as whom they may act on the repositories of an owner. */
export interface RepositoryAccess {
  /** The person's own account in Gitea, if they have one. */
  username?: string;
  /** Whether it is only as a member of the owning organisation. */
  asMember: boolean;
}

/**
 * Lets a task act on the repositories of an owner: of its user's own account, of
 * an organisation in which that account may create repositories, or of anybody
 * with the permission `provisioning.resources.manage`.
 *
 * @throws NotAllowedError otherwise
 */
export async function requireOwner(
  { client, taskAccess }: GiteaActionOptions,
  credentials: BackstageCredentials,
  owner: string,
  signal?: AbortSignal,
): Promise<RepositoryAccess> {
  const person = await taskAccess.getPerson(credentials);
  const username = person?.accounts.find(
    ({ service }) => service === 'gitea',
  )?.username;
  const isOwn = username?.toLowerCase() === owner.toLowerCase();
  if (username && !isOwn) {
    const rights = await client.organizations.permissionsOf(username, owner, {
      signal,
    });
    if (rights?.can_create_repository) return { username, asMember: true };
    if (rights?.can_read) {
      await taskAccess.requireManage(
        credentials,
        `${username} may not create repositories in the Gitea organisation ${owner}. Ask one of its owners for a team that may`,
      );
      return { username, asMember: false };
    }
  }
  await taskAccess.requireOwn(credentials, {
    service: 'gitea',
    title: 'Gitea',
    username: owner,
  });
  return { username, asMember: false };
}

/**
 * Lets a task change a repository that was there before: who acts as a member of
 * an organisation must administer it, as in Gitea itself.
 *
 * @throws NotAllowedError otherwise
 */
export async function requireExisting(
  { client, taskAccess }: GiteaActionOptions,
  credentials: BackstageCredentials,
  repository: GiteaRepository,
  { username, asMember }: RepositoryAccess,
  signal?: AbortSignal,
): Promise<void> {
  if (!username || !asMember) return;
  const right = await client.repositoryRights.of(repository, username, {
    signal,
  });
  if (['admin', 'owner'].includes(right)) return;
  await taskAccess.requireManage(
    credentials,
    `${repository.full_name} is in Gitea already and ${username} does not administer it. Ask one of the organisation's owners for that right, or choose another name`,
  );
}
