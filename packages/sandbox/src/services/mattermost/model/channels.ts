import { z } from 'zod';
import { UniqueViolation } from '../../../core/store';
import { AppError, invalidBody } from '../app-error';
import { ChannelMemberRow, ChannelRow, UserRow } from './rows';
import { MattermostState } from './state';
import { compare, newChannel, Teams } from './teams';

const createSchema = z.object({
  team_id: z.string().default(''),
  name: z.string().default(''),
  display_name: z.string().default(''),
  type: z.string().default(''),
  header: z.string().default(''),
  purpose: z.string().default(''),
});

/** `validSimpleAlphaNum` of server/public/model/utils.go. */
const NAME = /^[a-z0-9]+([a-z\-_0-9]+|(__)?)[a-z0-9]*$/;

/** Channels of teams and who is in them. */
export class Channels {
  constructor(
    private readonly state: MattermostState,
    private readonly teams: Teams,
    private readonly now: () => number,
  ) {}

  /** @throws AppError 404 when there is no such channel */
  get(id: string): ChannelRow {
    const channel = this.state.channels.get(id);
    if (!channel) {
      throw new AppError('app.channel.get.existing.app_error', 404, {
        channel_id: id,
      });
    }
    return channel;
  }

  /** @throws AppError 404 when there is no such channel, or when it is archived and those are not asked for */
  byName(teamId: string, name: string, includeDeleted: boolean): ChannelRow {
    const channel = this.state.channels.find('name', `${teamId}/${name}`);
    if (!channel || (channel.delete_at > 0 && !includeDeleted)) {
      throw missingByName(teamId, name);
    }
    return channel;
  }

  /** The channels of a team that are not archived, by display name. */
  of(teamId: string): ChannelRow[] {
    return this.state.channels
      .filter(row => row.team_id === teamId && row.delete_at === 0)
      .sort((a, b) => compare(a.display_name, b.display_name));
  }

  /** What the body of `POST /channels` asks for, before any permission is looked at. */
  parse(body: unknown) {
    const input = createSchema.safeParse(body);
    if (!input.success) throw invalidBody('channel');
    if (!input.data.team_id) throw invalidBody('team_id');
    if (!input.data.display_name) throw invalidBody('display_name');
    return input.data;
  }

  /** Makes a channel; the creator joins as its admin. */
  create(input: ReturnType<Channels['parse']>, creator: UserRow): ChannelRow {
    const invalid = (rule: string) =>
      new AppError(`model.channel.is_valid.${rule}.app_error`, 400);
    if ([...input.display_name].length > 64) throw invalid('display_name');
    if (!NAME.test(input.name)) throw invalid('1_or_more');
    const { type } = input;
    if (type !== 'O' && type !== 'P') throw invalid('type');
    const team = this.teams.get(input.team_id);
    let channel: ChannelRow;
    try {
      channel = this.state.channels.put(
        newChannel(
          team.id,
          { ...input, type, creator_id: creator.id },
          this.now(),
        ),
      );
    } catch (error) {
      if (!(error instanceof UniqueViolation)) throw error;
      throw new AppError(
        'store.sql_channel.save_channel.exists.app_error',
        400,
      );
    }
    this.addMember(channel, creator, true);
    return channel;
  }

  /** Archives a channel; its name stays taken. */
  archive(channel: ChannelRow): void {
    const now = this.now();
    this.state.channels.put({ ...channel, delete_at: now, update_at: now });
  }

  member(channelId: string, userId: string): ChannelMemberRow | undefined {
    return this.state.channelMembers.get(`${channelId}:${userId}`);
  }

  members(channelId: string): ChannelMemberRow[] {
    return this.state.channelMembers.filter(
      row => row.channel_id === channelId,
    );
  }

  /** `AddChannelMember`: only for members of the team; one who is in already is answered as they are. */
  join(channel: ChannelRow, user: UserRow): ChannelMemberRow {
    const existing = this.member(channel.id, user.id);
    if (existing) return existing;
    if (user.delete_at > 0) {
      throw new AppError('app.channel.add_member.deleted_user.app_error', 403);
    }
    if (!this.teams.member(channel.team_id, user.id)) {
      throw new AppError('app.team.get_member.missing.app_error', 404);
    }
    return this.addMember(channel, user, false);
  }

  /** Takes somebody out of a channel. */
  leave(channelId: string, userId: string): void {
    this.state.channelMembers.delete(`${channelId}:${userId}`);
  }

  private addMember(channel: ChannelRow, user: UserRow, asAdmin: boolean) {
    return this.state.channelMembers.put({
      id: `${channel.id}:${user.id}`,
      channel_id: channel.id,
      user_id: user.id,
      scheme_admin: asAdmin,
      last_update_at: this.now(),
    });
  }
}

/** What a channel that one can't see answers, too. */
export function missingByName(teamId: string, name: string): AppError {
  return new AppError(
    'app.channel.get_by_name.missing.app_error',
    404,
    {},
    `teamId=${teamId}, name=${name}`,
  );
}
