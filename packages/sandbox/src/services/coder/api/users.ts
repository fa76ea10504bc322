import express from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { CoderAnswer, forbidden, readBody } from '../answers';
import { Coder } from '../Coder';
import { UserRow, UserStatus } from '../model';
import { nameProblem } from '../names';
import { page, searchTerms } from '../search';
import { organizationView, userView } from '../views';

const username = z
  .string()
  .refine(value => nameProblem(value) === undefined, 'username');
const realName = z
  .string()
  .refine(
    value => value.length <= 128 && value === value.trim(),
    'user_real_name',
  );

// codersdk.CreateUserRequestWithOrgs
const createUser = z.object({
  email: z.string().refine(value => /^[^@\s]+@[^@\s]+$/.test(value), 'email'),
  username,
  name: realName.default(''),
  password: z.string().default(''),
  login_type: z.string().default(''),
  user_status: z.enum(['active', 'dormant']).nullish(),
  organization_ids: z.array(z.string()).nullish(),
});

const NIL_UUID = '00000000-0000-0000-0000-000000000000';

/** `/users`: create, find, suspend, activate, delete (coderd/users.go). */
export function usersApi(coder: Coder): express.Router {
  const router = Router();
  const { users } = coder.state;

  router.get('/users', (request, response) => {
    const caller = coder.authenticate(request);
    const terms = searchTerms(
      String(request.query.q ?? ''),
      'search',
      [
        'search',
        'status',
        'role',
        'login_type',
        'last_seen_after',
        'last_seen_before',
        'created_after',
        'created_before',
        'github_com_user_id',
      ],
      'Invalid user search query.',
    );
    const matching = users
      .filter(
        user =>
          !user.deleted &&
          (caller.owner || user.id === caller.id) &&
          matches(user, terms),
      )
      .sort((a, b) =>
        a.username.toLowerCase() < b.username.toLowerCase() ? -1 : 1,
      );
    const rows = page(matching, request.query);
    response.json({
      users: rows.map(userView),
      // The count comes with the rows, so that an empty page says 0 (GetUsers).
      count: rows.length > 0 ? matching.length : 0,
    });
  });

  router.post('/users', (request, response) => {
    const caller = coder.authenticate(request);
    const body = readBody(createUser, request.body);
    const loginType = body.login_type || 'password';
    if (loginType !== 'password' && body.password) {
      throw new CoderAnswer(
        400,
        `Password cannot be set for non-password ("${loginType}") authentication.`,
      );
    }
    const organizationIds = organizationsOf(coder, body.organization_ids);
    if (
      users.find('username', body.username.toLowerCase()) ||
      users.find('email', body.email.toLowerCase())
    ) {
      throw new CoderAnswer(409, 'User already exists.');
    }
    for (const id of organizationIds) {
      if (!coder.state.organizations.get(id)) {
        throw new CoderAnswer(
          404,
          `Organization does not exist with the provided id "${id}".`,
        );
      }
    }
    checkLoginType(loginType, body.password);
    if (!caller.owner) {
      throw new CoderAnswer(403, 'You are not authorized to create users.');
    }
    const now = new Date().toISOString();
    const user = users.put({
      id: coder.newId(),
      username: body.username,
      email: body.email,
      name: body.name,
      loginType: loginType as UserRow['loginType'],
      status: body.user_status ?? 'dormant',
      owner: false,
      organizationIds,
      createdAt: now,
      updatedAt: now,
      lastSeenAt: '0001-01-01T00:00:00Z',
      deleted: false,
    });
    response.status(201).json(userView(user));
  });

  router.get('/users/:user', (request, response) => {
    const caller = coder.authenticate(request);
    response.json(userView(coder.user(request.params.user, caller)));
  });

  router.put('/users/:user/profile', (request, response) => {
    const caller = coder.authenticate(request);
    const user = coder.user(request.params.user, caller);
    const body = readBody(
      z.object({ username, name: realName.default('') }),
      request.body,
    );
    const holder = users.find('username', body.username.toLowerCase());
    if (holder && holder.id !== user.id) {
      throw new CoderAnswer(
        409,
        'A user with this username already exists.',
        undefined,
        [{ field: 'username', detail: 'This username is already in use.' }],
      );
    }
    response.json(
      userView(
        users.put({ ...user, ...body, updatedAt: new Date().toISOString() }),
      ),
    );
  });

  const setStatus = (path: string, status: UserStatus) =>
    router.put(`/users/:user/status/${path}`, (request, response) => {
      const caller = coder.authenticate(request);
      const user = coder.user(request.params.user, caller);
      if (status === 'suspended' && user.id === caller.id) {
        throw new CoderAnswer(400, 'You cannot suspend yourself.');
      }
      if (status === 'suspended' && user.owner) {
        throw new CoderAnswer(
          400,
          'You cannot suspend a user with the "owner" role. You must remove the role first.',
        );
      }
      if (!caller.owner) throw forbidden();
      const changed = users.put({
        ...user,
        status,
        updatedAt: new Date().toISOString(),
      });
      response.json(userView(changed));
    });
  setStatus('suspend', 'suspended');
  setStatus('activate', 'active');

  router.delete('/users/:user', (request, response) => {
    const caller = coder.authenticate(request);
    const user = coder.user(request.params.user, caller);
    if (user.id === caller.id) {
      throw new CoderAnswer(403, 'You cannot delete yourself!');
    }
    const owns = coder.state.workspaces
      .all()
      .some(row => row.ownerId === user.id && !row.deleted);
    if (owns) {
      throw new CoderAnswer(
        417,
        'You cannot delete a user that has workspaces. Delete their workspaces and try again!',
      );
    }
    users.put({ ...user, deleted: true, linkedId: undefined });
    response.json({ message: 'User has been deleted!' });
  });

  router.get('/users/:user/organizations', (request, response) => {
    const caller = coder.authenticate(request);
    const user = coder.user(request.params.user, caller);
    response.json(
      user.organizationIds.map(id =>
        organizationView(coder.state.must(coder.state.organizations, id)),
      ),
    );
  });

  return router;
}

function matches(user: UserRow, terms: Record<string, string>): boolean {
  const { search = '', status, login_type: loginType, role } = terms;
  return (
    (user.email.toLowerCase().includes(search) ||
      user.username.toLowerCase().includes(search)) &&
    (!status || user.status === status) &&
    (!loginType || user.loginType === loginType) &&
    (!role || (role === 'owner' ? user.owner : role === 'member'))
  );
}

function organizationsOf(coder: Coder, ids: string[] | null | undefined) {
  if (!ids || ids.length === 0) {
    throw new CoderAnswer(
      400,
      'No organization specified to place the user as a member of. It is required to specify at least one organization id to place the user in.',
      "required at least 1 value for the array 'organization_ids'",
      [
        {
          field: 'organization_ids',
          detail: 'Missing values, this cannot be empty',
        },
      ],
    );
  }
  return ids.map(id =>
    id === NIL_UUID ? coder.state.defaultOrganization().id : id,
  );
}

function checkLoginType(loginType: string, password: string) {
  if (!['password', 'none', 'oidc', 'github'].includes(loginType)) {
    throw new CoderAnswer(
      400,
      `Unsupported login type "${loginType}" for manually creating new users.`,
    );
  }
  if (loginType === 'password' && password.length < 8) {
    throw new CoderAnswer(400, 'Password not strong enough!', undefined, [
      {
        field: 'password',
        detail:
          'insecure password, try including more special characters, using uppercase letters, using numbers or using a longer password',
      },
    ]);
  }
}
