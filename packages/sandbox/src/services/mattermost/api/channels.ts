import express from 'express';
import { z } from 'zod';
import { AppError, invalidBody, missingPermission } from '../app-error';
import { Mattermost } from '../model';
import { isSystemAdmin } from '../model/access';
import { missingByName } from '../model/channels';
import { isValidId } from '../model/ids';
import { ChannelMemberRow, ChannelRow, UserRow } from '../model/rows';
import { caller, paginate, pathId } from './context';
import { channelMemberView, channelView } from './views';

const memberSchema = z.object({
  user_id: z.string().optional(),
  user_ids: z.array(z.string()).max(1000).optional(),
});

/** `/channels` (server/channels/api4/channel.go). */
export function addChannelRoutes(
  router: express.Router,
  mattermost: Mattermost,
): void {
  const { access, channels, teams } = mattermost;

  router.post('/channels', (request, response) => {
    const user = caller(mattermost, request);
    const input = channels.parse(request.body);
    access.requireTeam(
      user,
      input.team_id,
      input.type === 'P' ? 'create_private_channel' : 'create_public_channel',
    );
    response.status(201).json(channelView(channels.create(input, user)));
  });

  const byName = (
    request: express.Request,
    user: UserRow,
    teamId: string,
  ): ChannelRow => {
    const name = request.params.channel_name.toLowerCase();
    const channel = channels.byName(
      teamId,
      name,
      request.query.include_deleted === 'true',
    );
    if (!access.canSee(user, channel)) {
      // That a private channel exists is told to nobody who is not in it.
      if (channel.type === 'P') throw missingByName(teamId, name);
      throw missingPermission(user.id, 'read_public_channel');
    }
    return channel;
  };

  router.get(
    '/teams/:team_id/channels/name/:channel_name',
    (request, response) => {
      const user = caller(mattermost, request);
      const teamId = pathId(request, 'team_id');
      response.json(channelView(byName(request, user, teamId)));
    },
  );

  router.get(
    '/teams/name/:team/channels/name/:channel_name',
    (request, response) => {
      const user = caller(mattermost, request);
      const team = teams.byName(request.params.team.toLowerCase());
      response.json(channelView(byName(request, user, team.id)));
    },
  );

  router.get('/teams/:team_id/channels', (request, response) => {
    const user = caller(mattermost, request);
    const teamId = pathId(request, 'team_id');
    access.requireTeam(user, teamId, 'list_team_channels');
    const open = channels.of(teamId).filter(channel => channel.type === 'O');
    response.json(paginate(request, open).map(channelView));
  });

  router.get('/users/:user_id/teams/:team_id/channels', (request, response) => {
    const user = caller(mattermost, request);
    const userId = pathId(request, 'user_id', user);
    access.requireSelf(user, userId);
    const rows = channels
      .of(pathId(request, 'team_id'))
      .filter(channel => channels.member(channel.id, userId));
    response.json(rows.map(channelView));
  });

  router.get('/channels/:channel_id', (request, response) => {
    const user = caller(mattermost, request);
    const channel = channels.get(pathId(request, 'channel_id'));
    if (!access.canSee(user, channel)) {
      throw missingPermission(user.id, 'read_channel');
    }
    response.json(channelView(channel));
  });

  router.delete('/channels/:channel_id', (request, response) => {
    const user = caller(mattermost, request);
    const channel = channels.get(pathId(request, 'channel_id'));
    access.requireChannel(user, channel.id, 'delete_public_channel');
    if (channel.name === 'town-square') {
      throw new AppError('api.channel.delete_channel.cannot.app_error', 400);
    }
    channels.archive(channel);
    response.json({ status: 'OK' });
  });

  router.post('/channels/:channel_id/members', (request, response) => {
    const user = caller(mattermost, request);
    const channelId = pathId(request, 'channel_id');
    const input = memberSchema.safeParse(request.body);
    if (!input.success) throw invalidBody('user_ids');
    const { user_id: single, user_ids: several } = input.data;
    const ids = several ?? [single];
    if (!ids.every(isValidId)) {
      throw invalidBody(
        several ? 'user_id in user_ids' : 'user_id or user_ids',
      );
    }
    const channel = channels.get(channelId);
    const joined = joinAll(mattermost, user, channel, ids);
    response
      .status(201)
      .json(
        single && joined.length === 1
          ? channelMemberView(joined[0])
          : joined.map(channelMemberView),
      );
  });

  router.get('/channels/:channel_id/members', (request, response) => {
    const user = caller(mattermost, request);
    const channelId = pathId(request, 'channel_id');
    access.requireChannel(user, channelId, 'read_channel');
    response.json(
      paginate(request, channels.members(channelId)).map(channelMemberView),
    );
  });

  router.get('/channels/:channel_id/members/:user_id', (request, response) => {
    const user = caller(mattermost, request);
    const channelId = pathId(request, 'channel_id');
    const userId = pathId(request, 'user_id', user);
    access.requireChannel(user, channelId, 'read_channel');
    const member = channels.member(channelId, userId);
    if (!member) {
      throw new AppError('app.channel.get_member.missing.app_error', 404);
    }
    response.json(channelMemberView(member));
  });

  router.delete(
    '/channels/:channel_id/members/:user_id',
    (request, response) => {
      const user = caller(mattermost, request);
      const channel = channels.get(pathId(request, 'channel_id'));
      const userId = pathId(request, 'user_id', user);
      if (userId !== user.id) {
        access.requireChannel(
          user,
          channel.id,
          'manage_public_channel_members',
        );
      }
      channels.leave(channel.id, userId);
      response.json({ status: 'OK' });
    },
  );
}

/**
 * Adds several at once. What fails for some is hidden as long as one of them
 * got in (`addChannelMember` keeps only the last error).
 */
function joinAll(
  { access, channels, teams, users }: Mattermost,
  user: UserRow,
  channel: ChannelRow,
  ids: string[],
): ChannelMemberRow[] {
  if (channel.type === 'P') {
    access.requireChannel(user, channel.id, 'manage_private_channel_members');
  }
  const joined: ChannelMemberRow[] = [];
  let lastError: AppError | undefined;
  for (const id of ids) {
    try {
      const mayAddSelf =
        id === user.id && teams.member(channel.team_id, user.id) !== undefined;
      if (!mayAddSelf && !isSystemAdmin(user)) {
        access.requireChannel(
          user,
          channel.id,
          'manage_public_channel_members',
        );
      }
      joined.push(channels.join(channel, users.get(id)));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      lastError = error;
    }
  }
  if (lastError && joined.length === 0) throw lastError;
  return joined;
}
