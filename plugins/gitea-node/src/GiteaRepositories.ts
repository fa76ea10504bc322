import { isServiceError } from '@formulary/service-client-node';
import { z } from 'zod';
import { GiteaCalls } from './GiteaCalls';
import {
  branchSchema,
  GiteaBranch,
  GiteaCallOptions,
  GiteaRepository,
  NewGiteaRepository,
  repositorySchema,
} from './types';

/** `MAX_RESPONSE_ITEMS` of `modules/setting/api.go`. */
const PAGE_SIZE = 50;

const part = encodeURIComponent;

/**
 * Repositories of users and organisations.
 *
 * @public
 */
export class GiteaRepositories {
  constructor(private readonly calls: GiteaCalls) {}

  /**
   * The repository of an owner and a name. One that was renamed away is not it,
   * although Gitea redirects there: a redirect is thrown as `unexpected-response`.
   */
  async get(
    owner: string,
    name: string,
    options?: GiteaCallOptions,
  ): Promise<GiteaRepository | undefined> {
    return this.calls.find({
      method: 'GET',
      path: `/repos/${part(owner)}/${part(name)}`,
      expect: repositorySchema,
      action: `look up the repository ${owner}/${name}`,
      ...options,
    });
  }

  /** Whether a user or an organisation owns a repository, private ones included. */
  async ownsAny(owner: string, options?: GiteaCallOptions): Promise<boolean> {
    const repositories = await this.calls.send({
      method: 'GET',
      path: `/users/${part(owner)}/repos`,
      query: { limit: 1 },
      expect: z.array(repositorySchema),
      action: `list the repositories of ${owner}`,
      ...options,
    });
    return repositories.length > 0;
  }

  /**
   * Makes a repository that belongs to a user or an organisation.
   *
   * @throws ServiceError of kind `conflict` when the owner has one of that name, `not-found` without such an owner
   */
  async create(
    owner: string,
    repository: NewGiteaRepository,
    options?: GiteaCallOptions,
  ): Promise<GiteaRepository> {
    return this.calls.send({
      method: 'POST',
      // An administrator's route; it takes organisations as owners, too (`routers/api/v1/admin/repo.go`).
      path: `/admin/users/${part(owner)}/repos`,
      json: {
        name: repository.name,
        description: repository.description ?? '',
        private: repository.private,
        default_branch: repository.defaultBranch,
        auto_init: false,
      },
      expect: repositorySchema,
      action: `create the repository ${owner}/${repository.name}`,
      ...options,
    });
  }

  /** A branch and the commit at its head. */
  async branch(
    repository: GiteaRepository,
    name: string,
    options?: GiteaCallOptions,
  ): Promise<GiteaBranch | undefined> {
    return this.calls.find({
      method: 'GET',
      path: `${pathOf(repository)}/branches/${part(name)}`,
      expect: branchSchema,
      action: `look up the branch ${name} of ${repository.full_name}`,
      ...options,
    });
  }

  /** Every branch of a repository and the commit at its head, through all pages. */
  async branches(
    repository: GiteaRepository,
    options?: GiteaCallOptions,
  ): Promise<GiteaBranch[]> {
    const branches: GiteaBranch[] = [];
    for (let page = 1; ; page += 1) {
      const found = await this.calls.send({
        method: 'GET',
        path: `${pathOf(repository)}/branches`,
        query: { page, limit: PAGE_SIZE },
        expect: z.array(branchSchema),
        action: `list the branches of ${repository.full_name}`,
        ...options,
      });
      branches.push(...found);
      if (found.length < PAGE_SIZE) return branches;
    }
  }

  /** Gives a user rights to a repository; fine when they have them already. */
  async addCollaborator(
    repository: GiteaRepository,
    username: string,
    permission: 'read' | 'write' | 'admin',
    options?: GiteaCallOptions,
  ): Promise<void> {
    await this.calls.send({
      method: 'PUT',
      path: `${pathOf(repository)}/collaborators/${part(username)}`,
      json: { permission },
      action: `give ${username} the right to ${permission} ${repository.full_name}`,
      ...options,
    });
  }

  /** Whether a user has rights of their own to a repository, besides those of teams. */
  async isCollaborator(
    repository: GiteaRepository,
    username: string,
    options?: GiteaCallOptions,
  ): Promise<boolean> {
    try {
      await this.calls.send({
        method: 'GET',
        path: `${pathOf(repository)}/collaborators/${part(username)}`,
        action: `look up ${username} at ${repository.full_name}`,
        ...options,
      });
      return true;
    } catch (error) {
      if (isServiceError(error, 'not-found')) return false;
      throw error;
    }
  }

  /** Takes a user's own rights to a repository away; fine when there are none. */
  async removeCollaborator(
    repository: GiteaRepository,
    username: string,
    options?: GiteaCallOptions,
  ): Promise<void> {
    await this.calls.send({
      method: 'DELETE',
      path: `${pathOf(repository)}/collaborators/${part(username)}`,
      action: `take the rights of ${username} to ${repository.full_name} away`,
      ...options,
    });
  }

  /** Replaces the topics of a repository. */
  async setTopics(
    repository: GiteaRepository,
    topics: string[],
    options?: GiteaCallOptions,
  ): Promise<void> {
    await this.calls.send({
      method: 'PUT',
      path: `${pathOf(repository)}/topics`,
      json: { topics },
      action: `set the topics of ${repository.full_name}`,
      ...options,
    });
  }

  /** Deletes a repository. */
  async delete(
    repository: GiteaRepository,
    options?: GiteaCallOptions,
  ): Promise<void> {
    await this.calls.send({
      method: 'DELETE',
      path: pathOf(repository),
      action: `delete the repository ${repository.full_name}`,
      ...options,
    });
  }
}

function pathOf({ owner, name }: GiteaRepository) {
  return `/repos/${part(owner.login)}/${part(name)}`;
}
