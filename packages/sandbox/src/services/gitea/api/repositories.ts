import express from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { UniqueViolation } from '../../../core/store';
import { Gitea } from '../model';
import { repositoryNameProblem } from '../model/names';
import { AccountRow } from '../model/rows';
import { ApiError, notFound } from './apiError';
import { administrator, caller, requireCaller, scope } from './authenticate';
import { readBody } from './body';
import { repositoryAccess } from './repositoryAccess';
import { repositoryShape } from './shapes';

// `CreateRepoOption` of `modules/structs/repo.go`.
const createSchema = z.object({
  name: z.string(),
  description: z.string().max(2048).default(''),
  private: z.boolean().default(false),
  auto_init: z.boolean().default(false),
  template: z.boolean().default(false),
  default_branch: z.string().max(100).default(''),
  readme: z.string().default(''),
});

const editSchema = z.object({
  description: z.string().max(2048).optional(),
  private: z.boolean().optional(),
  default_branch: z.string().max(100).optional(),
});

const alreadyThere = () =>
  new ApiError(409, 'The repository with the same name already exists.');

/** `/api/v1/repos` and where repositories are made (`routers/api/v1/repo`). */
export function repositories(gitea: Gitea, url: string): express.Router {
  const router = Router();
  const { readable, administered } = repositoryAccess(gitea);

  const create = async (
    request: express.Request,
    response: express.Response,
    owner: AccountRow,
  ) => {
    const body = readBody(createSchema, request.body);
    const problem = repositoryNameProblem(body.name);
    if (problem) throw new ApiError(422, problem);
    if (body.readme !== '' && body.readme !== 'Default') {
      throw new ApiError(
        400,
        `readme template does not exist, available templates: [Default]`,
      );
    }
    if (gitea.repository(owner.login, body.name)) throw alreadyThere();
    try {
      const repository = await gitea.addRepository(owner, {
        name: body.name,
        description: body.description,
        private: body.private,
        template: body.template,
        defaultBranch: body.default_branch || 'main',
      });
      if (body.auto_init) {
        await gitea.git.firstCommit(
          repository.id,
          repository.defaultBranch,
          {
            path: 'README.md',
            content: `# ${body.name}\n\n${body.description}`,
          },
          { name: owner.login, email: owner.email },
        );
      }
      response
        .status(201)
        .json(
          await repositoryShape(gitea, repository, url, caller(request)?.user),
        );
    } catch (error) {
      if (error instanceof UniqueViolation) throw alreadyThere();
      throw error;
    }
  };

  router.post(
    '/user/repos',
    scope('user'),
    scope('repository'),
    (request, response) => create(request, response, requireCaller(request)),
  );
  router.post(
    '/admin/users/:username/repos',
    scope('admin'),
    administrator,
    async (request, response) => {
      const owner = gitea.account(request.params.username);
      if (!owner) throw notFound();
      await create(request, response, owner);
    },
  );
  router.post(
    '/orgs/:org/repos',
    scope('organization'),
    async (request, response) => {
      const user = requireCaller(request);
      const owner = gitea.account(request.params.org, 'organization');
      if (!owner) throw notFound();
      if (!user.isAdmin && !gitea.mayCreateIn(owner.id, user.id)) {
        throw new ApiError(
          403,
          'Given user is not allowed to create repository in organization.',
        );
      }
      await create(request, response, owner);
    },
  );

  router.use('/repos', scope('repository'));

  router.get('/repos/:owner/:repo', async (request, response) => {
    const repository = readable(request);
    response.json(
      await repositoryShape(gitea, repository, url, caller(request)?.user),
    );
  });

  router.patch('/repos/:owner/:repo', async (request, response) => {
    const repository = administered(request);
    const body = readBody(editSchema, request.body);
    const changed = gitea.repositories.put({
      ...repository,
      description: body.description ?? repository.description,
      private: body.private ?? repository.private,
      defaultBranch: body.default_branch ?? repository.defaultBranch,
      updated: new Date().toISOString(),
    });
    response.json(
      await repositoryShape(gitea, changed, url, caller(request)?.user),
    );
  });

  router.delete('/repos/:owner/:repo', async (request, response) => {
    const repository = administered(request);
    gitea.repositories.delete(repository.id);
    await gitea.git.remove(repository.id);
    response.status(204).end();
  });

  return router;
}
