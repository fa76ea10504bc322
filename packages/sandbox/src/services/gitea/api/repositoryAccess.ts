import express from 'express';
import { Gitea } from '../model';
import { RepositoryRow } from '../model/rows';
import { ApiError, notFound } from './apiError';
import { caller, requireCaller } from './authenticate';

/** Finds the repository of a path, for callers who may read it or administer it. */
export function repositoryAccess(gitea: Gitea) {
  /** @throws ApiError 404 also when the caller may not see it */
  const readable = (request: express.Request): RepositoryRow => {
    const repository = gitea.repository(
      request.params.owner,
      request.params.repo,
    );
    if (
      !repository ||
      gitea.permission(repository, caller(request)?.user) === 'none'
    ) {
      throw notFound();
    }
    return repository;
  };
  /** @throws ApiError 404, or 403 when the caller may only read */
  const administered = (request: express.Request): RepositoryRow => {
    const repository = readable(request);
    if (gitea.permission(repository, requireCaller(request)) !== 'admin') {
      throw new ApiError(
        403,
        'user should be an owner or a collaborator with admin write of a repository',
      );
    }
    return repository;
  };
  return { readable, administered };
}
