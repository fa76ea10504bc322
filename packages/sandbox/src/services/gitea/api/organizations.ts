import express from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { UniqueViolation } from '../../../core/store';
import { Gitea } from '../model';
import { accountNameProblem } from '../model/names';
import { AccountRow, TeamRow } from '../model/rows';
import { ApiError, notFound } from './apiError';
import { caller, requireCaller, scope } from './authenticate';
import { readBody } from './body';
import { page } from './paging';
import { organizationShape, teamShape, userShape } from './shapes';

const organizationSchema = z.object({
  username: z.string().min(1).max(40),
  full_name: z.string().max(100).default(''),
  visibility: z.enum(['', 'public', 'limited', 'private']).default(''),
});

const teamSchema = z.object({
  name: z.string().min(1).max(255),
  description: z.string().default(''),
  permission: z.enum(['read', 'write', 'admin']).default('read'),
  includes_all_repositories: z.boolean().default(false),
  can_create_org_repo: z.boolean().default(false),
});

/** `/api/v1/orgs` and `/teams` (`routers/api/v1/org`). Members come through teams only. */
export function organizations(gitea: Gitea, url: string): express.Router {
  const router = Router();
  router.use(['/orgs', '/teams'], scope('organization'));

  const organizationOf = (name: string) => {
    const organization = gitea.account(name, 'organization');
    if (!organization) throw notFound();
    return organization;
  };
  const teamOf = (id: string) => {
    const team = gitea.teams.find('number', id);
    if (!team) throw notFound();
    return team;
  };
  const assertOwner = (request: express.Request, organizationId: string) => {
    const user = requireCaller(request);
    const owns = gitea
      .teamsOf(organizationId)
      .some(
        ({ permission, memberIds }) =>
          permission === 'owner' && memberIds.includes(user.id),
      );
    if (!user.isAdmin && !owns) {
      throw new ApiError(403, 'Must be an organization owner');
    }
  };

  router.post('/orgs', (request, response) => {
    const user = requireCaller(request);
    const body = readBody(organizationSchema, request.body);
    const problem = accountNameProblem(body.username);
    if (problem) throw new ApiError(422, problem);
    try {
      const organization = gitea.addOrganization(
        {
          login: body.username,
          fullName: body.full_name,
          visibility: body.visibility || 'public',
        },
        user,
      );
      response.status(201).json(organizationShape(organization));
    } catch (error) {
      if (!(error instanceof UniqueViolation)) throw error;
      throw new ApiError(422, `user already exists [name: ${body.username}]`);
    }
  });

  router.get('/orgs/:org', (request, response) => {
    const organization = organizationOf(request.params.org);
    if (!gitea.isVisible(organization, caller(request)?.user)) throw notFound();
    response.json(organizationShape(organization));
  });

  router.delete('/orgs/:org', (request, response) => {
    const organization = organizationOf(request.params.org);
    assertOwner(request, organization.id);
    if (gitea.repositories.filter(row => row.ownerId === organization.id)[0]) {
      // Gitea's own choice of status (`routers/api/v1/org/org.go`, `Delete`).
      throw new ApiError(500, 'organization still has repositories');
    }
    gitea.removeOrganization(organization);
    response.status(204).end();
  });

  router.get(
    '/users/:username/orgs/:org/permissions',
    scope('user'),
    scope('organization'),
    (request, response) => {
      requireCaller(request);
      const user = gitea.account(request.params.username);
      const organization = gitea.account(request.params.org);
      if (!user || !organization || !gitea.isVisible(organization, user)) {
        throw notFound();
      }
      const level = gitea.authorizeLevel(organization.id, user.id);
      response.json({
        is_owner: level > 3,
        is_admin: level > 2,
        can_write: level > 1,
        can_read: level > 0,
        can_create_repository: gitea.mayCreateIn(organization.id, user.id),
      });
    },
  );

  router.get('/orgs/:org/teams', (request, response) => {
    const teams = gitea.teamsOf(organizationOf(request.params.org).id);
    response.json(page(request, response, teams, url).map(teamShape));
  });

  router.get('/orgs/:org/teams/search', (request, response) => {
    const text = String(request.query.q ?? '').toLowerCase();
    const teams = gitea
      .teamsOf(organizationOf(request.params.org).id)
      .filter(({ name }) => name.toLowerCase().includes(text));
    response.json({
      ok: true,
      data: page(request, response, teams, url).map(teamShape),
    });
  });

  router.post('/orgs/:org/teams', (request, response) => {
    const organization = organizationOf(request.params.org);
    assertOwner(request, organization.id);
    const body = readBody(teamSchema, request.body);
    try {
      const team = gitea.addTeam(organization, {
        name: body.name,
        description: body.description,
        permission: body.permission,
        includesAllRepositories: body.includes_all_repositories,
        canCreateRepositories: body.can_create_org_repo,
      });
      response.status(201).json(teamShape(team));
    } catch (error) {
      if (!(error instanceof UniqueViolation)) throw error;
      throw new ApiError(
        422,
        `team already exists [org_id: ${organization.number}, name: ${body.name}]`,
      );
    }
  });

  router.get('/orgs/:org/members/:username', (request, response) => {
    const organization = organizationOf(request.params.org);
    const user = gitea.account(request.params.username, 'user');
    if (!user || !gitea.isMember(organization.id, user.id)) throw notFound();
    response.status(204).end();
  });

  router.delete('/orgs/:org/members/:username', (request, response) => {
    const organization = organizationOf(request.params.org);
    assertOwner(request, organization.id);
    const user = gitea.account(request.params.username, 'user');
    if (!user) throw notFound();
    gitea.leaveTeams(user.id, team => team.organizationId === organization.id);
    response.status(204).end();
  });

  router.get('/teams/:id/members', (request, response) => {
    const members = teamOf(request.params.id).memberIds.flatMap(
      id => gitea.accounts.get(id) ?? [],
    );
    response.json(
      page(request, response, members, url).map(member =>
        userShape(member, url, caller(request)?.user),
      ),
    );
  });

  const changeMember =
    (change: (team: TeamRow, user: AccountRow) => string[]) =>
    (request: express.Request, response: express.Response) => {
      const team = teamOf(request.params.id);
      assertOwner(request, team.organizationId);
      const user = gitea.account(request.params.username, 'user');
      if (!user) throw notFound();
      gitea.teams.put({ ...team, memberIds: change(team, user) });
      response.status(204).end();
    };
  router.get('/teams/:id/members/:username', (request, response) => {
    const user = gitea.account(request.params.username, 'user');
    if (!user || !teamOf(request.params.id).memberIds.includes(user.id)) {
      throw notFound();
    }
    response.json(userShape(user, url, caller(request)?.user));
  });
  router.put(
    '/teams/:id/members/:username',
    changeMember((team, user) => [...new Set([...team.memberIds, user.id])]),
  );
  router.delete(
    '/teams/:id/members/:username',
    changeMember((team, user) => team.memberIds.filter(id => id !== user.id)),
  );

  router.put('/teams/:id/repos/:org/:repo', (request, response) => {
    const team = teamOf(request.params.id);
    assertOwner(request, team.organizationId);
    const repository = gitea.repository(
      request.params.org,
      request.params.repo,
    );
    if (!repository || repository.ownerId !== team.organizationId)
      throw notFound();
    gitea.teams.put({
      ...team,
      repositoryIds: [...new Set([...team.repositoryIds, repository.id])],
    });
    response.status(204).end();
  });

  return router;
}
