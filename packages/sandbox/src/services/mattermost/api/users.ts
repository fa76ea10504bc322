import express from 'express';
import { z } from 'zod';
import { AppError, invalidBody } from '../app-error';
import { Mattermost } from '../model';
import { isSystemAdmin } from '../model/access';
import { UserRow } from '../model/rows';
import { compare } from '../model/teams';
import { found } from '../model/users';
import { caller, findCaller, paginate, pathId } from './context';
import { userView } from './views';

const searchSchema = z.object({
  term: z.string().default(''),
  team_id: z.string().default(''),
  allow_inactive: z.boolean().default(false),
  limit: z.number().int().default(100),
});

const OK = { status: 'OK' };

/** `/users` (server/channels/api4/user.go). */
export function addUserRoutes(
  router: express.Router,
  mattermost: Mattermost,
): void {
  const { users, access, settings, state } = mattermost;

  router.post('/users', (request, response) => {
    const user = findCaller(mattermost, request);
    const asAdmin = user !== undefined && isSystemAdmin(user);
    if (!asAdmin && !settings.current.TeamSettings.EnableUserCreation) {
      throw new AppError(
        'api.user.create_user.signup_email_disabled.app_error',
        501,
      );
    }
    const created = users.create(request.body, asAdmin);
    response.status(201).json(userView(created, true, true));
  });

  router.get('/users', (request, response) => {
    const user = caller(mattermost, request);
    const rows = listed(mattermost, request.query);
    response.json(
      paginate(request, rows).map(row => userView(row, isSystemAdmin(user))),
    );
  });

  router.post('/users/search', (request, response) => {
    const user = caller(mattermost, request);
    const input = searchSchema.safeParse(request.body);
    if (!input.success) throw invalidBody('user');
    const { term, team_id: teamId, allow_inactive, limit } = input.data;
    if (term === '') throw invalidBody('term');
    if (limit <= 0 || limit > 1000) throw invalidBody('limit');
    const wanted = term.toLowerCase();
    const rows = byName(mattermost).filter(
      row =>
        (allow_inactive || row.delete_at === 0) &&
        (!teamId || mattermost.teams.member(teamId, row.id)) &&
        [
          row.username,
          row.nickname,
          row.first_name,
          row.last_name,
          row.email,
        ].some(value => value.toLowerCase().startsWith(wanted)),
    );
    response.json(
      rows.slice(0, limit).map(row => userView(row, isSystemAdmin(user))),
    );
  });

  for (const [path, find] of [
    ['ids', (value: string) => state.users.get(value)],
    ['usernames', (value: string) => users.byUsername(value)],
  ] as const) {
    router.post(`/users/${path}`, (request, response) => {
      const user = caller(mattermost, request);
      const values = z.array(z.string()).min(1).safeParse(request.body);
      if (!values.success) throw invalidBody(path);
      response.json(
        values.data
          .map(find)
          .filter(row => row !== undefined)
          .map(row => userView(row, isSystemAdmin(user))),
      );
    });
  }

  router.post('/users/password/reset/send', (request, response) => {
    const input = z
      .object({ email: z.string().min(1) })
      .safeParse(request.body);
    if (!input.success) throw invalidBody('email');
    // Nobody learns whether there is an account; no mail leaves the sandbox.
    if (users.byEmail(input.data.email)?.auth_data) {
      throw new AppError('api.user.send_password_reset.sso.app_error', 400);
    }
    response.json(OK);
  });

  router.get('/users/username/:username', (request, response) => {
    const user = caller(mattermost, request);
    const row = found(users.byUsername(request.params.username));
    response.json(view(user, row));
  });

  router.get('/users/email/:email', (request, response) => {
    const user = caller(mattermost, request);
    response.json(view(user, found(users.byEmail(request.params.email))));
  });

  router.get('/users/:user_id', (request, response) => {
    const user = caller(mattermost, request);
    response.json(view(user, users.get(pathId(request, 'user_id', user))));
  });

  router.put('/users/:user_id/patch', (request, response) => {
    const user = caller(mattermost, request);
    const id = pathId(request, 'user_id', user);
    access.requireSelf(user, id);
    const row = state.users.get(id);
    if (!row) throw invalidBody('user_id');
    response.json(
      userView(users.patch(row, request.body), isSystemAdmin(user)),
    );
  });

  router.put('/users/:user_id/auth', (request, response) => {
    const user = caller(mattermost, request);
    access.requireSystemAdmin(user, 'edit_other_users');
    response.json(
      users.setAuth(pathId(request, 'user_id', user), request.body),
    );
  });

  router.put('/users/:user_id/active', (request, response) => {
    const user = caller(mattermost, request);
    const id = pathId(request, 'user_id', user);
    const input = z.object({ active: z.boolean() }).safeParse(request.body);
    if (!input.success) throw invalidBody('active');
    if (!isSystemAdmin(user)) {
      throw new AppError('api.user.update_active.permissions.app_error', 403);
    }
    users.setActive(users.get(id), input.data.active);
    response.json(OK);
  });

  router.put('/users/:user_id/roles', (request, response) => {
    const user = caller(mattermost, request);
    const id = pathId(request, 'user_id', user);
    const input = z.object({ roles: z.string() }).safeParse(request.body);
    if (!input.success || !/^[a-z_]+( [a-z_]+)*$/.test(input.data.roles)) {
      throw invalidBody('roles');
    }
    access.requireSystemAdmin(user, 'manage_roles');
    users.update({ ...users.get(id), roles: input.data.roles });
    response.json(OK);
  });

  router.post('/users/:user_id/sessions/revoke/all', (request, response) => {
    const user = caller(mattermost, request);
    const id = pathId(request, 'user_id', user);
    access.requireSelf(user, id);
    users.revokeSessions(id);
    response.json(OK);
  });

  router.delete('/users/:user_id', (request, response) => {
    const user = caller(mattermost, request);
    const id = pathId(request, 'user_id', user);
    access.requireSelf(user, id);
    const row = users.get(id);
    if (request.query.permanent !== 'true') {
      users.setActive(row, false);
    } else if (settings.current.ServiceSettings.EnableAPIUserDeletion) {
      users.deletePermanently(row);
    } else {
      throw new AppError(
        'api.user.delete_user.not_enabled.for_admin.app_error',
        401,
        {},
        `userId=${id}`,
      );
    }
    response.json(OK);
  });
}

function view(user: UserRow, row: UserRow) {
  return userView(row, isSystemAdmin(user), user.id === row.id);
}

/** All accounts, by name. Everybody sees everybody: there are no guests here. */
function byName({ state }: Mattermost) {
  return state.users.all().sort((a, b) => compare(a.username, b.username));
}

function listed(mattermost: Mattermost, query: express.Request['query']) {
  const { in_team: team, in_channel: channel, active, inactive } = query;
  return byName(mattermost).filter(
    row =>
      (typeof team !== 'string' || mattermost.teams.member(team, row.id)) &&
      (typeof channel !== 'string' ||
        mattermost.channels.member(channel, row.id)) &&
      (active !== 'true' || row.delete_at === 0) &&
      (inactive !== 'true' || row.delete_at > 0),
  );
}
