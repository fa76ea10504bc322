import express from 'express';
import { z } from 'zod';
import { AppError, invalidBody, missingPermission } from '../app-error';
import { Mattermost } from '../model';
import { isSystemAdmin } from '../model/access';
import { isValidId } from '../model/ids';
import { TeamRow, UserRow } from '../model/rows';
import { caller, paginate, pathId } from './context';
import { teamMemberView, teamView } from './views';

const memberSchema = z.object({
  team_id: z.string().default(''),
  user_id: z.string().default(''),
});

/** `/teams` (server/channels/api4/team.go). */
export function addTeamRoutes(
  router: express.Router,
  mattermost: Mattermost,
): void {
  const { teams, users, access, state } = mattermost;

  const view = (user: UserRow, team: TeamRow) =>
    teamView(
      team,
      isSystemAdmin(user) ||
        teams.member(team.id, user.id)?.scheme_admin === true,
    );
  const requireVisible = (user: UserRow, team: TeamRow) => {
    if (!team.allow_open_invite || team.type !== 'O') {
      access.requireTeam(user, team.id, 'view_team');
    }
  };

  router.post('/teams', (request, response) => {
    const user = caller(mattermost, request);
    response.status(201).json(view(user, teams.create(request.body, user)));
  });

  router.get('/teams', (request, response) => {
    const user = caller(mattermost, request);
    const rows = isSystemAdmin(user)
      ? teams.all()
      : teams.all().filter(team => team.allow_open_invite);
    const page = paginate(request, rows).map(team => view(user, team));
    response.json(
      request.query.include_total_count === 'true'
        ? { teams: page, total_count: rows.length }
        : page,
    );
  });

  router.get('/teams/name/:name', (request, response) => {
    const user = caller(mattermost, request);
    const team = teams.byName(request.params.name.toLowerCase());
    requireVisible(user, team);
    response.json(view(user, team));
  });

  router.get('/teams/:team_id', (request, response) => {
    const user = caller(mattermost, request);
    const team = teams.get(pathId(request, 'team_id'));
    requireVisible(user, team);
    response.json(view(user, team));
  });

  router.delete('/teams/:team_id', (request, response) => {
    const user = caller(mattermost, request);
    const team = teams.get(pathId(request, 'team_id'));
    access.requireSystemAdmin(user, 'manage_team');
    if (request.query.permanent === 'true') {
      teams.deletePermanently(team);
    } else {
      const now = Date.now();
      state.teams.put({ ...team, delete_at: now, update_at: now });
    }
    response.json({ status: 'OK' });
  });

  router.post('/teams/:team_id/members', (request, response) => {
    const user = caller(mattermost, request);
    const teamId = pathId(request, 'team_id');
    const input = memberSchema.safeParse(request.body);
    if (!input.success) {
      throw new AppError(
        'api.team.add_team_member.invalid_body.app_error',
        400,
      );
    }
    if (input.data.team_id !== teamId) throw invalidBody('team_id');
    if (!isValidId(input.data.user_id)) throw invalidBody('user_id');
    const member = state.users.get(input.data.user_id);
    const team = state.teams.get(teamId);
    if (!isSystemAdmin(user)) {
      const isSelf = member?.id === user.id;
      if (isSelf && !team?.allow_open_invite) {
        throw missingPermission(user.id, 'join_private_teams');
      }
      if (!isSelf) access.requireTeam(user, teamId, 'add_user_to_team');
    }
    if (!member) throw new AppError('app.user.missing_account.const', 404);
    response
      .status(201)
      .json(teamMemberView(teams.join(teams.get(teamId), member)));
  });

  router.get('/teams/:team_id/members', (request, response) => {
    const user = caller(mattermost, request);
    const teamId = pathId(request, 'team_id');
    access.requireTeam(user, teamId, 'view_team');
    response.json(paginate(request, teams.members(teamId)).map(teamMemberView));
  });

  router.get('/teams/:team_id/members/:user_id', (request, response) => {
    const user = caller(mattermost, request);
    const teamId = pathId(request, 'team_id');
    const userId = pathId(request, 'user_id', user);
    access.requireTeam(user, teamId, 'view_team');
    const member = teams.member(teamId, userId);
    if (!member)
      throw new AppError('app.team.get_member.missing.app_error', 404);
    response.json(teamMemberView(member));
  });

  router.delete('/teams/:team_id/members/:user_id', (request, response) => {
    const user = caller(mattermost, request);
    const teamId = pathId(request, 'team_id');
    const userId = pathId(request, 'user_id', user);
    access.requireSelf(user, userId);
    teams.get(teamId);
    users.get(userId);
    teams.leave(teamId, userId);
    response.json({ status: 'OK' });
  });

  router.get('/users/:user_id/teams', (request, response) => {
    const user = caller(mattermost, request);
    const userId = pathId(request, 'user_id', user);
    access.requireSelf(user, userId);
    response.json(teams.of(userId).map(team => view(user, team)));
  });
}
