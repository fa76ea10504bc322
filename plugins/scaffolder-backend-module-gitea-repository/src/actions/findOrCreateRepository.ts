import { InputError } from '@backstage/errors';
import { GiteaClient, GiteaRepository } from '@formulary/plugin-gitea-node';
import { isServiceError } from '@formulary/service-client-node';

interface WantedRepository {
  owner: string;
  name: string;
  description?: string;
  private: boolean;
  defaultBranch: string;
  signal?: AbortSignal;
}

/**
 * Looks before it creates, and looks again when somebody else was faster or the
 * answer to the create was lost.
 *
 * @throws InputError when there is no such owner, or the repository that is there is not the one that is wanted
 */
export async function findOrCreateRepository(
  client: GiteaClient,
  wanted: WantedRepository,
): Promise<{ repository: GiteaRepository; created: boolean }> {
  const { owner, name, signal } = wanted;
  const find = () => client.repositories.get(owner, name, { signal });
  const existing = await find();
  if (existing)
    return { repository: matching(existing, wanted), created: false };
  try {
    const repository = await client.repositories.create(owner, wanted, {
      signal,
    });
    return { repository: matching(repository, wanted), created: true };
  } catch (error) {
    if (isServiceError(error, 'not-found')) {
      throw new InputError(
        `Gitea has no user or organisation called "${owner}" to own the repository "${name}". Check the name, or prepare the account first with platform:pre-provision-user`,
        error,
      );
    }
    if (!isServiceError(error, 'conflict', 'unavailable')) throw error;
    const made = await find();
    if (!made) throw error;
    return {
      repository: matching(made, wanted),
      created: error.kind === 'unavailable',
    };
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
