import { missingPermission } from '../app-error';
import { ChannelRow, UserRow } from './rows';
import { Channels } from './channels';
import { Teams } from './teams';

/** Whether somebody has the role that may do everything. */
export function isSystemAdmin(user: UserRow): boolean {
  return user.roles.split(' ').includes('system_admin');
}

/** Who may do what: the server's default permission scheme, for the calls that the stand-in has. */
export class Access {
  constructor(
    private readonly teams: Teams,
    private readonly channels: Channels,
  ) {}

  /** @throws AppError 403 for everybody but a system admin */
  requireSystemAdmin(user: UserRow, permission = 'manage_system'): void {
    if (!isSystemAdmin(user)) throw missingPermission(user.id, permission);
  }

  /** @throws AppError 403 unless it is about oneself or the caller is a system admin */
  requireSelf(user: UserRow, userId: string): void {
    if (user.id !== userId && !isSystemAdmin(user)) {
      throw missingPermission(user.id, 'edit_other_users');
    }
  }

  /** @throws AppError 403 for those who are not in the team */
  requireTeam(user: UserRow, teamId: string, permission: string): void {
    if (!isSystemAdmin(user) && !this.teams.member(teamId, user.id)) {
      throw missingPermission(user.id, permission);
    }
  }

  /** @throws AppError 403 for those who are not in the channel */
  requireChannel(user: UserRow, channelId: string, permission: string): void {
    if (!isSystemAdmin(user) && !this.channels.member(channelId, user.id)) {
      throw missingPermission(user.id, permission);
    }
  }

  /** A public channel is visible to its team, a private one to its members. */
  canSee(user: UserRow, channel: ChannelRow): boolean {
    return (
      isSystemAdmin(user) ||
      this.channels.member(channel.id, user.id) !== undefined ||
      (channel.type === 'O' &&
        this.teams.member(channel.team_id, user.id) !== undefined)
    );
  }
}
