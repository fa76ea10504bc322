import { GiteaClient, GiteaRepository } from '../index';

/** A user's private repository, made when it is not there. */
export async function ensureRepository(
  gitea: GiteaClient,
  owner: string,
  name: string,
): Promise<GiteaRepository> {
  const existing = await gitea.repositories.get(owner, name);
  if (existing) return existing;
  return gitea.repositories.create(owner, {
    name,
    private: true,
    defaultBranch: 'main',
  });
}
