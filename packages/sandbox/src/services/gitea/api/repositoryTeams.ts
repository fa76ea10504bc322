import express from 'express';
import Router from 'express-promise-router';
import { Gitea } from '../model';
import { TeamRow } from '../model/rows';
import { ApiError, notFound } from './apiError';
import { scope } from './authenticate';
import { repositoryAccess } from './repositoryAccess';
import { teamShape } from './shapes';

/** Teams that have rights to a repository (`routers/api/v1/repo/teams.go`). */
export function repositoryTeams(gitea: Gitea): express.Router {
  const router = Router();
  const { readable, administered } = repositoryAccess(gitea);
  router.use('/repos', scope('repository'));

  const teamsOf = (ownerId: string) => {
    if (gitea.accounts.get(ownerId)?.kind !== 'organization') {
      throw new ApiError(405, 'repo is not owned by an organization');
    }
    return gitea.teamsOf(ownerId);
  };
  const teamOf = (ownerId: string, name: string) => {
    const team = teamsOf(ownerId).find(
      row => row.name.toLowerCase() === name.toLowerCase(),
    );
    if (!team) throw notFound();
    return team;
  };
  const has = (team: TeamRow, repositoryId: string) =>
    team.includesAllRepositories || team.repositoryIds.includes(repositoryId);

  router.get('/repos/:owner/:repo/teams', (request, response) => {
    const repository = readable(request);
    response.json(
      teamsOf(repository.ownerId)
        .filter(team => has(team, repository.id))
        .map(teamShape),
    );
  });

  const path = '/repos/:owner/:repo/teams/:team';

  router.get(path, (request, response) => {
    const repository = readable(request);
    const team = teamOf(repository.ownerId, request.params.team);
    if (!has(team, repository.id)) throw notFound();
    response.json(teamShape(team));
  });

  router.put(path, (request, response) => {
    const repository = administered(request);
    const team = teamOf(repository.ownerId, request.params.team);
    if (has(team, repository.id)) {
      throw new ApiError(422, `team '${team.name}' is already added to repo`);
    }
    gitea.teams.put({
      ...team,
      repositoryIds: [...team.repositoryIds, repository.id],
    });
    response.status(204).end();
  });

  router.delete(path, (request, response) => {
    const repository = administered(request);
    const team = teamOf(repository.ownerId, request.params.team);
    if (!team.repositoryIds.includes(repository.id)) {
      throw new ApiError(422, `team '${team.name}' was not added to repo`);
    }
    gitea.teams.put({
      ...team,
      repositoryIds: team.repositoryIds.filter(id => id !== repository.id),
    });
    response.status(204).end();
  });

  return router;
}
