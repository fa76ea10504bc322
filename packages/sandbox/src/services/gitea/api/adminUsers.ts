import express from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { UniqueViolation } from '../../../core/store';
import { Gitea } from '../model';
import { accountNameProblem } from '../model/names';
import { AccountRow } from '../model/rows';
import { ApiError, notFound } from './apiError';
import { administrator, caller, requireCaller, scope } from './authenticate';
import { readBody } from './body';
import { page } from './paging';
import { userShape } from './shapes';

// `modules/structs/admin_user.go`.
const createSchema = z.object({
  username: z.string().min(1).max(40),
  email: z.string().min(1).max(254),
  full_name: z.string().max(100).default(''),
  login_name: z.string().default(''),
  source_id: z.number().int().default(0),
  password: z.string().default(''),
  must_change_password: z.boolean().default(true),
  restricted: z.boolean().default(false),
  visibility: z.enum(['', 'public', 'limited', 'private']).default(''),
});

// Fields that are left out stay as they are, but for `login_name`, which Gitea blanks.
const editSchema = z.object({
  source_id: z.number().int().optional(),
  login_name: z.string().default(''),
  email: z.string().optional(),
  full_name: z.string().max(100).optional(),
  active: z.boolean().optional(),
  admin: z.boolean().optional(),
  prohibit_login: z.boolean().optional(),
  restricted: z.boolean().optional(),
  visibility: z.enum(['public', 'limited', 'private']).optional(),
});

/** `/api/v1/admin/users` (`routers/api/v1/admin/user.go`). */
export function adminUsers(gitea: Gitea, url: string): express.Router {
  const router = Router();
  router.use(scope('admin'), administrator);

  const knownSource = (id: number) => id === 0 || id === gitea.oauthSourceId;
  const userOf = (request: express.Request) => {
    const user = gitea.account(request.params.username, 'user');
    if (!user) throw notFound();
    return user;
  };

  router.get('/', (request, response) => {
    const { source_id: source, login_name: name } = request.query;
    const users = gitea.accounts.filter(
      account =>
        account.kind === 'user' &&
        (!source || account.sourceId === Number(source)) &&
        (!name || account.loginName === name),
    );
    users.sort((left, right) => left.login.localeCompare(right.login));
    response.json(
      page(request, response, users, url).map(user =>
        userShape(user, url, caller(request)?.user),
      ),
    );
  });

  router.post('/', (request, response) => {
    const body = readBody(createSchema, request.body);
    if (!knownSource(body.source_id)) {
      throw new ApiError(
        422,
        `login source does not exist [id: ${body.source_id}]`,
      );
    }
    if (body.source_id === 0) {
      if (body.password === '') throw new ApiError(400, 'PasswordIsRequired');
      if (body.password.length < 8)
        throw new ApiError(400, 'PasswordComplexity');
    }
    const problem = accountNameProblem(body.username);
    if (problem) throw new ApiError(422, problem);
    assertEmail(body.email, 422);
    const user = unique(body.username, body.email, 422, () =>
      gitea.addAccount({
        kind: 'user',
        login: body.username,
        email: body.email,
        fullName: body.full_name,
        sourceId: body.source_id,
        loginName: body.login_name,
        restricted: body.restricted,
        visibility: body.visibility || 'public',
      }),
    );
    response.status(201).json(userShape(user, url, requireCaller(request)));
  });

  router.patch('/:username', (request, response) => {
    const user = userOf(request);
    const body = readBody(editSchema, request.body);
    // `UpdateAuth` knows no answer of its own for a source that does not exist.
    if (!knownSource(body.source_id ?? 0)) {
      throw new ApiError(
        500,
        `login source does not exist [id: ${body.source_id}]`,
      );
    }
    // The link is written before the rest is looked at: it stays when an e-mail is refused (`EditUser`).
    const linked = gitea.accounts.put({
      ...user,
      // Zero is the default of the field and changes nothing (`optional.FromNonDefault`).
      sourceId: body.source_id || user.sourceId,
      loginName: body.login_name,
      prohibitLogin: body.prohibit_login ?? user.prohibitLogin,
    });
    if (body.email !== undefined) assertEmail(body.email, 400);
    const changed = unique(linked.login, body.email ?? linked.email, 400, () =>
      gitea.accounts.put({
        ...linked,
        email: body.email ?? linked.email,
        fullName: body.full_name ?? linked.fullName,
        active: body.active ?? linked.active,
        isAdmin: body.admin ?? linked.isAdmin,
        restricted: body.restricted ?? linked.restricted,
        visibility: body.visibility ?? linked.visibility,
      }),
    );
    response.json(userShape(changed, url, requireCaller(request)));
  });

  router.post('/:username/rename', (request, response) => {
    const user = userOf(request);
    const body = readBody(
      z.object({ new_username: z.string().min(1).max(40) }),
      request.body,
    );
    const problem = accountNameProblem(body.new_username);
    if (problem) throw new ApiError(422, problem);
    unique(body.new_username, user.email, 422, () =>
      gitea.accounts.put({ ...user, login: body.new_username }),
    );
    response.status(204).end();
  });

  router.delete('/:username', async (request, response) => {
    const user = userOf(request);
    const purge = request.query.purge === 'true';
    await deleteUser(gitea, user, requireCaller(request), purge);
    response.status(204).end();
  });

  return router;
}

/** `services/user/user.go`, `DeleteUser`: without `purge`, whoever owns or belongs to something stays. */
async function deleteUser(
  gitea: Gitea,
  user: AccountRow,
  actor: AccountRow,
  purge: boolean,
) {
  if (user.id === actor.id) {
    throw new ApiError(422, 'you cannot delete yourself');
  }
  const owned = gitea.repositories.filter(({ ownerId }) => ownerId === user.id);
  if (!purge) {
    if (owned.length > 0) {
      throw new ApiError(
        422,
        `user still has ownership of repositories [uid: ${user.number}]`,
      );
    }
    if (gitea.teams.filter(team => team.memberIds.includes(user.id)).length) {
      throw new ApiError(
        422,
        `user still has membership of organizations [uid: ${user.number}]`,
      );
    }
  }
  for (const repository of owned) {
    gitea.repositories.delete(repository.id);
    await gitea.git.remove(repository.id);
  }
  gitea.removeAccount(user);
}

function assertEmail(email: string, status: number) {
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) {
    throw new ApiError(status, `e-mail invalid [email: ${email}]`);
  }
}

/** Turns a unique index's refusal into Gitea's: 422 at creation and rename, 400 for an e-mail at editing. */
function unique<T>(
  name: string,
  email: string,
  emailStatus: number,
  write: () => T,
): T {
  try {
    return write();
  } catch (error) {
    if (!(error instanceof UniqueViolation)) throw error;
    throw error.index === 'email'
      ? new ApiError(emailStatus, `e-mail already in use [email: ${email}]`)
      : new ApiError(422, `user already exists [name: ${name}]`);
  }
}
