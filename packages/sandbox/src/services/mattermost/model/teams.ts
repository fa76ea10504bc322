import { z } from 'zod';
import { UniqueViolation } from '../../../core/store';
import { AppError, invalidBody } from '../app-error';
import { newId } from './ids';
import { ChannelRow, TeamMemberRow, TeamRow, UserRow } from './rows';
import { Settings } from './settings';
import { MattermostState } from './state';

const createSchema = z.object({
  name: z.string().default(''),
  display_name: z.string().default(''),
  type: z.string().default(''),
  description: z.string().default(''),
  email: z.string().default(''),
  allow_open_invite: z.boolean().default(false),
});

/** `validAlphaNum` and `reservedName` of server/public/model/utils.go. */
const NAME = /^[a-z0-9]+([a-z\-0-9]+|(__)?)[a-z0-9]+$/;
const RESERVED = [
  'admin',
  'api',
  'channel',
  'claim',
  'error',
  'files',
  'help',
  'landing',
  'login',
  'mfa',
  'oauth',
  'plug',
  'plugins',
  'post',
  'signup',
  'boards',
  'playbooks',
];

/** Channels that every team has from the start, and that every member joins. */
const DEFAULT_CHANNELS = [
  { name: 'town-square', display_name: 'Town Square' },
  { name: 'off-topic', display_name: 'Off-Topic' },
];

/** Teams and who is in them. */
export class Teams {
  constructor(
    private readonly state: MattermostState,
    private readonly settings: Settings,
    private readonly now: () => number,
  ) {}

  /** @throws AppError 404 when there is no such team */
  get(id: string): TeamRow {
    const team = this.state.teams.get(id);
    if (!team) throw new AppError('app.team.get.find.app_error', 404);
    return team;
  }

  /** @throws AppError 404 when there is no such team */
  byName(name: string): TeamRow {
    const team = this.state.teams.find('name', name);
    if (!team)
      throw new AppError('app.team.get_by_name.missing.app_error', 404);
    return team;
  }

  /** Teams by display name, as the server sorts them. */
  all(): TeamRow[] {
    return this.state.teams
      .filter(team => team.delete_at === 0)
      .sort((a, b) => compare(a.display_name, b.display_name));
  }

  /** `POST /teams`: makes the team with its two channels; the creator joins as its admin. */
  create(body: unknown, creator: UserRow): TeamRow {
    const input = createSchema.safeParse(body);
    if (!input.success) throw invalidBody('team');
    const { data } = input;
    const type = checkTeam(data);
    const now = this.now();
    let team: TeamRow;
    try {
      team = this.state.teams.put({
        ...data,
        type,
        id: newId(),
        create_at: now,
        update_at: now,
        delete_at: 0,
        invite_id: newId(),
      });
    } catch (error) {
      if (!(error instanceof UniqueViolation)) throw error;
      throw new AppError('store.sql_team.save_team.existing.app_error', 400);
    }
    for (const channel of DEFAULT_CHANNELS) {
      this.state.channels.put(newChannel(team.id, channel, now));
    }
    this.join(team, creator, true);
    return team;
  }

  /** Removes a team, its channels and all that is in them. */
  deletePermanently(team: TeamRow): void {
    const { channels, channelMembers, posts, teamMembers, teams } = this.state;
    const gone = new Set(
      channels.filter(row => row.team_id === team.id).map(({ id }) => id),
    );
    for (const row of channelMembers.all()) {
      if (gone.has(row.channel_id)) channelMembers.delete(row.id);
    }
    for (const row of posts.all()) {
      if (gone.has(row.channel_id)) posts.delete(row.id);
    }
    for (const row of teamMembers.all()) {
      if (row.team_id === team.id) teamMembers.delete(row.id);
    }
    for (const id of gone) channels.delete(id);
    teams.delete(team.id);
  }

  member(teamId: string, userId: string): TeamMemberRow | undefined {
    return this.state.teamMembers.get(`${teamId}:${userId}`);
  }

  members(teamId: string): TeamMemberRow[] {
    return this.state.teamMembers.filter(row => row.team_id === teamId);
  }

  /** The teams that somebody is in. */
  of(userId: string): TeamRow[] {
    return this.all().filter(team => this.member(team.id, userId));
  }

  /** `JoinUserToTeam`: a member who is there already is answered as they are. */
  join(team: TeamRow, user: UserRow, asAdmin = false): TeamMemberRow {
    const existing = this.member(team.id, user.id);
    if (existing) return existing;
    const { MaxUsersPerTeam } = this.settings.current.TeamSettings;
    if (this.members(team.id).length >= MaxUsersPerTeam) {
      throw new AppError(
        'app.team.join_user_to_team.max_accounts.app_error',
        400,
        {},
        `teamId=${team.id}`,
      );
    }
    const now = this.now();
    const member = this.state.teamMembers.put({
      id: `${team.id}:${user.id}`,
      team_id: team.id,
      user_id: user.id,
      scheme_admin: asAdmin,
      create_at: now,
    });
    for (const { name } of DEFAULT_CHANNELS) {
      const channel = this.state.channels.find('name', `${team.id}/${name}`);
      if (!channel || channel.delete_at > 0) continue;
      this.state.channelMembers.put({
        id: `${channel.id}:${user.id}`,
        channel_id: channel.id,
        user_id: user.id,
        scheme_admin: asAdmin,
        last_update_at: now,
      });
    }
    return member;
  }

  /** Takes somebody out of a team and its channels. */
  leave(teamId: string, userId: string): void {
    this.state.teamMembers.delete(`${teamId}:${userId}`);
    for (const { id } of this.state.channels.filter(
      channel => channel.team_id === teamId,
    )) {
      this.state.channelMembers.delete(`${id}:${userId}`);
    }
  }
}

/** A channel that nobody is in yet. */
export function newChannel(
  teamId: string,
  channel: Pick<ChannelRow, 'name' | 'display_name'> & Partial<ChannelRow>,
  now: number,
): ChannelRow {
  return {
    type: 'O',
    header: '',
    purpose: '',
    creator_id: '',
    ...channel,
    id: newId(),
    team_id: teamId,
    create_at: now,
    update_at: now,
    delete_at: 0,
    last_post_at: 0,
    total_msg_count: 0,
  };
}

/** `Team.IsValid`, in its order. */
function checkTeam(team: {
  name: string;
  display_name: string;
  type: string;
}): TeamRow['type'] {
  const invalid = (rule: string) =>
    new AppError(`model.team.is_valid.${rule}.app_error`, 400);
  if (team.display_name === '' || [...team.display_name].length > 64) {
    throw invalid('name');
  }
  if (team.name.length > 64) throw invalid('url');
  if (RESERVED.some(prefix => team.name.startsWith(prefix))) {
    throw invalid('reserved');
  }
  if (team.name.length < 2 || !NAME.test(team.name))
    throw invalid('characters');
  if (team.type !== 'O' && team.type !== 'I') throw invalid('type');
  return team.type;
}

/** Order that does not depend on the machine's language. */
export function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
