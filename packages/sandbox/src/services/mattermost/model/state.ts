import { Collection, Store } from '../../../core/store';
import {
  ChannelMemberRow,
  ChannelRow,
  PostRow,
  SessionRow,
  SettingsRow,
  TeamMemberRow,
  TeamRow,
  TokenRow,
  UserRow,
} from './rows';

/** Everything that the stand-in remembers. */
export interface MattermostState {
  users: Collection<UserRow>;
  teams: Collection<TeamRow>;
  teamMembers: Collection<TeamMemberRow>;
  channels: Collection<ChannelRow>;
  channelMembers: Collection<ChannelMemberRow>;
  posts: Collection<PostRow>;
  tokens: Collection<TokenRow>;
  sessions: Collection<SessionRow>;
  settings: Collection<SettingsRow>;
}

/** Opens the collections with the unique indexes of the server's database. */
export function openState(store: Store): MattermostState {
  return {
    users: store.collection<UserRow>('users', {
      username: user => user.username,
      auth_data: user => user.auth_data,
      email: user => user.email,
    }),
    teams: store.collection<TeamRow>('teams', { name: team => team.name }),
    teamMembers: store.collection<TeamMemberRow>('team-members'),
    // Archived channels keep their name, so they stay in the index.
    channels: store.collection<ChannelRow>('channels', {
      name: channel => `${channel.team_id}/${channel.name}`,
    }),
    channelMembers: store.collection<ChannelMemberRow>('channel-members'),
    posts: store.collection<PostRow>('posts'),
    tokens: store.collection<TokenRow>('tokens', { token: row => row.token }),
    sessions: store.collection<SessionRow>('sessions'),
    settings: store.collection<SettingsRow>('settings'),
  };
}
