import { z } from 'zod';
import { MattermostCalls } from './MattermostCalls';
import {
  channelMemberSchema,
  channelSchema,
  MattermostCallOptions,
  MattermostChannel,
  MattermostChannelMember,
  MattermostPost,
  MattermostTeam,
  MattermostUser,
  postListSchema,
  postSchema,
} from './types';

/**
 * Channels, their members and messages.
 *
 * @public
 */
export class MattermostChannels {
  constructor(private readonly calls: MattermostCalls) {}

  /** The channel of a name in a team. Archived ones are found, too: their name stays taken. */
  async byName(
    team: MattermostTeam,
    name: string,
    options?: MattermostCallOptions,
  ): Promise<MattermostChannel | undefined> {
    return this.calls.find(
      {
        method: 'GET',
        path: `/teams/${team.id}/channels/name/${encodeURIComponent(name)}`,
        query: { include_deleted: true },
        expect: channelSchema,
        action: `look up the channel ${name} of the team ${team.name}`,
        ...options,
      },
      ['app.channel.get_by_name.missing.app_error'],
    );
  }

  /**
   * Makes a channel.
   *
   * @throws ServiceError of kind `conflict` when the name is taken, by an archived channel, too
   */
  async create(
    team: MattermostTeam,
    channel: {
      name: string;
      displayName: string;
      private?: boolean;
      purpose?: string;
      header?: string;
    },
    options?: MattermostCallOptions,
  ): Promise<MattermostChannel> {
    return this.calls.send({
      method: 'POST',
      path: '/channels',
      json: {
        team_id: team.id,
        name: channel.name,
        display_name: channel.displayName,
        type: channel.private ? 'P' : 'O',
        purpose: channel.purpose ?? '',
        header: channel.header ?? '',
      },
      expect: channelSchema,
      action: `create the channel ${channel.name} in the team ${team.name}`,
      ...options,
    });
  }

  /** Somebody's place in a channel. */
  async member(
    channel: MattermostChannel,
    user: Pick<MattermostUser, 'id' | 'username'>,
    options?: MattermostCallOptions,
  ): Promise<MattermostChannelMember | undefined> {
    return this.calls.find(
      {
        method: 'GET',
        path: `/channels/${channel.id}/members/${user.id}`,
        expect: channelMemberSchema,
        action: `look up ${user.username} in the channel ${channel.name}`,
        ...options,
      },
      ['app.channel.get_member.missing.app_error'],
    );
  }

  /** The first members of a channel, in no particular order; 200 at most. */
  async members(
    channel: MattermostChannel,
    options?: MattermostCallOptions,
  ): Promise<MattermostChannelMember[]> {
    return this.calls.send({
      method: 'GET',
      path: `/channels/${channel.id}/members`,
      query: { per_page: 200 },
      expect: z.array(channelMemberSchema),
      action: `list the members of the channel ${channel.name}`,
      ...options,
    });
  }

  /** Takes a member out of a channel. */
  async removeMember(
    channel: MattermostChannel,
    user: Pick<MattermostUser, 'id' | 'username'>,
    options?: MattermostCallOptions,
  ): Promise<void> {
    await this.calls.send({
      method: 'DELETE',
      path: `/channels/${channel.id}/members/${user.id}`,
      action: `remove ${user.username} from the channel ${channel.name}`,
      ...options,
    });
  }

  /** Archives a channel: what was written is kept, and its name stays taken. */
  async archive(
    channel: MattermostChannel,
    options?: MattermostCallOptions,
  ): Promise<void> {
    await this.calls.send({
      method: 'DELETE',
      path: `/channels/${channel.id}`,
      action: `archive the channel ${channel.name}`,
      ...options,
    });
  }

  /** Adds a member of the team; fine when they are in the channel already. */
  async addMember(
    channel: MattermostChannel,
    user: Pick<MattermostUser, 'id' | 'username'>,
    options?: MattermostCallOptions,
  ): Promise<MattermostChannelMember> {
    return this.calls.send({
      method: 'POST',
      path: `/channels/${channel.id}/members`,
      // One at a time: with several, Mattermost hides who could not be added.
      json: { user_id: user.id },
      expect: channelMemberSchema,
      repeatable: true,
      action: `add ${user.username} to the channel ${channel.name}`,
      ...options,
    });
  }

  /** Writes a message as the token's user. `props` is kept with it and not shown. */
  async post(
    channel: MattermostChannel,
    post: { message: string; props?: Record<string, string> },
    options?: MattermostCallOptions,
  ): Promise<MattermostPost> {
    return this.calls.send({
      method: 'POST',
      path: '/posts',
      json: { channel_id: channel.id, ...post },
      expect: postSchema,
      action: `post in the channel ${channel.name}`,
      ...options,
    });
  }

  /** The newest messages of a channel, newest first; 200 at most. */
  async recentPosts(
    channel: MattermostChannel,
    options?: MattermostCallOptions,
  ): Promise<MattermostPost[]> {
    const list = await this.calls.send({
      method: 'GET',
      path: `/channels/${channel.id}/posts`,
      query: { per_page: 200 },
      expect: postListSchema,
      action: `read the channel ${channel.name}`,
      ...options,
    });
    return list.order.map(id => list.posts[id]).filter(post => post);
  }
}
