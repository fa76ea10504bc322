import express from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { Gitea } from '../model';
import { ApiError, notFound } from './apiError';
import { caller, requireCaller, scope } from './authenticate';
import { readBody } from './body';
import { page } from './paging';
import { repositoryAccess } from './repositoryAccess';
import { userShape } from './shapes';

const permissionSchema = z.object({
  permission: z.enum(['read', 'write', 'admin']).default('write'),
});

// What the stand-in knows of `CreateBranchProtectionOption` (`modules/structs/repo_branch.go`).
const protectionSchema = z.looseObject({
  rule_name: z.string().default(''),
  enable_push: z.boolean().default(false),
  enable_push_whitelist: z.boolean().default(false),
  push_whitelist_usernames: z.array(z.string()).default([]),
  push_whitelist_teams: z.array(z.string()).default([]),
});

/** Collaborators, topics and branch protections of a repository (`routers/api/v1/repo`). */
export function repositorySettings(gitea: Gitea, url: string): express.Router {
  const router = Router();
  const { readable, administered } = repositoryAccess(gitea);
  router.use('/repos', scope('repository'));

  const collaboratorOf = (request: express.Request) => {
    const { username } = request.params;
    const user = gitea.account(username, 'user');
    if (!user) {
      throw new ApiError(
        422,
        `user does not exist [uid: 0, name: ${username}]`,
      );
    }
    return user;
  };

  router.get('/repos/:owner/:repo/collaborators', (request, response) => {
    const collaborators = Object.keys(readable(request).collaborators).flatMap(
      id => gitea.accounts.get(id) ?? [],
    );
    response.json(
      page(request, response, collaborators, url).map(user =>
        userShape(user, url, caller(request)?.user),
      ),
    );
  });

  const collaborator = '/repos/:owner/:repo/collaborators/:username';

  router.get(collaborator, (request, response) => {
    const { collaborators } = readable(request);
    if (!collaborators[collaboratorOf(request).id]) throw notFound();
    response.status(204).end();
  });

  router.put(collaborator, (request, response) => {
    const repository = administered(request);
    const user = collaboratorOf(request);
    // Gitea's own choice of status.
    if (!user.active) {
      throw new ApiError(500, "collaborator's account is inactive");
    }
    const { permission } = readBody(permissionSchema, request.body);
    gitea.repositories.put({
      ...repository,
      collaborators: { ...repository.collaborators, [user.id]: permission },
    });
    response.status(204).end();
  });

  router.delete(collaborator, (request, response) => {
    const repository = administered(request);
    const { [collaboratorOf(request).id]: _, ...others } =
      repository.collaborators;
    gitea.repositories.put({ ...repository, collaborators: others });
    response.status(204).end();
  });

  router.get(`${collaborator}/permission`, (request, response) => {
    const repository = readable(request);
    const viewer = requireCaller(request);
    const user = gitea.account(request.params.username, 'user');
    const mayAsk =
      gitea.permission(repository, viewer) === 'admin' ||
      viewer.id === user?.id;
    if (!mayAsk) {
      throw new ApiError(
        403,
        'Only admins can query all permissions, repo admins can query all repo permissions, collaborators can query only their own',
      );
    }
    if (!user) throw notFound();
    const permission = gitea.permission(repository, user);
    response.json({
      permission: user.id === repository.ownerId ? 'owner' : permission,
      role_name: permission,
      user: userShape(user, url, viewer),
    });
  });

  router.put('/repos/:owner/:repo/topics', (request, response) => {
    const repository = administered(request);
    const { topics } = readBody(
      z.object({ topics: z.array(z.string()) }),
      request.body,
    );
    const invalid = topics.filter(
      topic => !/^[a-z0-9][-.a-z0-9]{0,34}$/.test(topic),
    );
    if (invalid.length > 0 || topics.length > 25) {
      response.status(422).json({
        invalidTopics: invalid,
        message: 'Topic names are invalid',
      });
      return;
    }
    gitea.repositories.put({ ...repository, topics });
    response.status(204).end();
  });

  router.get('/repos/:owner/:repo/topics', (request, response) => {
    response.json({ topics: readable(request).topics });
  });

  router.get('/repos/:owner/:repo/branch_protections', (request, response) => {
    response.json(administered(request).branchProtections);
  });
  router.post('/repos/:owner/:repo/branch_protections', (request, response) => {
    const repository = administered(request);
    const rule = readBody(protectionSchema, request.body);
    if (rule.rule_name === '') {
      throw new ApiError(400, 'both rule_name and branch_name are empty');
    }
    if (
      repository.branchProtections.some(
        ({ rule_name: name }) => name === rule.rule_name,
      )
    ) {
      throw new ApiError(403, 'Branch protection already exist');
    }
    for (const name of rule.push_whitelist_usernames) {
      if (!gitea.account(name)) {
        throw new ApiError(422, `user does not exist [uid: 0, name: ${name}]`);
      }
    }
    gitea.repositories.put({
      ...repository,
      branchProtections: [...repository.branchProtections, rule],
    });
    response.status(201).json(rule);
  });
  router.get(
    '/repos/:owner/:repo/branch_protections/:name',
    (request, response) => {
      const rule = administered(request).branchProtections.find(
        ({ rule_name: name }) => name === request.params.name,
      );
      if (!rule) throw notFound();
      response.json(rule);
    },
  );

  return router;
}
