import { z } from 'zod';
import { MattermostCalls } from './MattermostCalls';
import {
  MattermostCallOptions,
  MattermostTeam,
  MattermostTeamMember,
  MattermostUser,
  teamMemberSchema,
  teamSchema,
} from './types';

/**
 * Teams and their members.
 *
 * @public
 */
export class MattermostTeams {
  constructor(private readonly calls: MattermostCalls) {}

  /** The team of a name. The list of all teams is paged and never needed. */
  async byName(
    name: string,
    options?: MattermostCallOptions,
  ): Promise<MattermostTeam | undefined> {
    return this.calls.find(
      {
        method: 'GET',
        path: `/teams/name/${encodeURIComponent(name)}`,
        expect: teamSchema,
        action: `look up the team ${name}`,
        ...options,
      },
      ['app.team.get_by_name.missing.app_error'],
    );
  }

  /**
   * Makes a team that people join by invitation only.
   *
   * @throws ServiceError of kind `conflict` when the name is taken
   */
  async create(
    team: { name: string; displayName: string; description?: string },
    options?: MattermostCallOptions,
  ): Promise<MattermostTeam> {
    return this.calls.send({
      method: 'POST',
      path: '/teams',
      json: {
        name: team.name,
        display_name: team.displayName,
        description: team.description ?? '',
        type: 'I',
      },
      expect: teamSchema,
      action: `create the team ${team.name}`,
      ...options,
    });
  }

  /** The teams that somebody is in. */
  async ofUser(
    user: MattermostUser,
    options?: MattermostCallOptions,
  ): Promise<MattermostTeam[]> {
    return this.calls.send({
      method: 'GET',
      path: `/users/${user.id}/teams`,
      expect: z.array(teamSchema),
      action: `list the teams of ${user.username}`,
      ...options,
    });
  }

  /** Somebody's place in a team; `undefined` for those who are not or no longer in it. */
  async member(
    team: MattermostTeam,
    user: Pick<MattermostUser, 'id' | 'username'>,
    options?: MattermostCallOptions,
  ): Promise<MattermostTeamMember | undefined> {
    const member = await this.calls.find(
      {
        method: 'GET',
        path: `/teams/${team.id}/members/${user.id}`,
        expect: teamMemberSchema,
        action: `look up ${user.username} in the team ${team.name}`,
        ...options,
      },
      ['app.team.get_member.missing.app_error'],
    );
    return member?.delete_at === 0 ? member : undefined;
  }

  /** Takes a member out of a team and all its channels. */
  async removeMember(
    team: MattermostTeam,
    user: Pick<MattermostUser, 'id' | 'username'>,
    options?: MattermostCallOptions,
  ): Promise<void> {
    await this.calls.send({
      method: 'DELETE',
      path: `/teams/${team.id}/members/${user.id}`,
      action: `remove ${user.username} from the team ${team.name}`,
      ...options,
    });
  }

  /** Adds somebody; fine when they are in already. */
  async addMember(
    team: MattermostTeam,
    user: Pick<MattermostUser, 'id' | 'username'>,
    options?: MattermostCallOptions,
  ): Promise<MattermostTeamMember> {
    return this.calls.send({
      method: 'POST',
      path: `/teams/${team.id}/members`,
      json: { team_id: team.id, user_id: user.id },
      expect: teamMemberSchema,
      // A member is answered as they are (`JoinUserToTeam`).
      repeatable: true,
      action: `add ${user.username} to the team ${team.name}`,
      ...options,
    });
  }
}
