import { InputError } from '@backstage/errors';
import { GiteaClient, GiteaRepository } from '@formulary/plugin-gitea-node';
import { isServiceError } from '@formulary/service-client-node';

/** The repository that is wanted. */
export interface WantedRepository {
  owner: string;
  name: string;
  description?: string;
  private: boolean;
  defaultBranch: string;
}

/**
 * The repository that is wanted, if it is there.
 *
 * @throws InputError when what is there is not what is wanted
 */
export async function findRepository(
  client: GiteaClient,
  wanted: WantedRepository,
  signal?: AbortSignal,
): Promise<GiteaRepository | undefined> {
  const { owner, name } = wanted;
  const repository = await client.repositories.get(owner, name, { signal });
  return repository && matching(repository, wanted);
}

/**
 * Makes the repository that is wanted.
 *
 * It is not cut off when the task is cancelled, so that it is known what was made.
 *
 * @throws InputError without such an owner, or when what was made is not what is wanted
 */
export async function createRepository(
  client: GiteaClient,
  wanted: WantedRepository,
): Promise<GiteaRepository> {
  const { owner, name } = wanted;
  try {
    return matching(await client.repositories.create(owner, wanted), wanted);
  } catch (error) {
    if (!isServiceError(error, 'not-found')) throw error;
    throw new InputError(
      `Gitea has no user or organisation called "${owner}" any more to own the repository "${name}"`,
      error,
    );
  }
}

function matching(
  repository: GiteaRepository,
  wanted: WantedRepository,
): GiteaRepository {
  const path = `${wanted.owner}/${wanted.name}`;
  if (repository.full_name.toLowerCase() !== path.toLowerCase()) {
    throw new InputError(
      `${path} is now called ${repository.full_name} in Gitea. Choose another name`,
    );
  }
  if (repository.private !== wanted.private) {
    const [is, should] = repository.private
      ? ['private', 'public']
      : ['public', 'private'];
    throw new InputError(
      `${path} is in Gitea already and is ${is}, but should be ${should}. Choose another name, or change its visibility in Gitea; a server that forces private repositories does not make public ones`,
    );
  }
  return repository;
}
