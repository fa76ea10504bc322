import { Store } from '../../../core/store';
import { Access } from './access';
import { Bots } from './bots';
import { Channels } from './channels';
import { Posts } from './posts';
import { Sessions } from './sessions';
import { Settings } from './settings';
import { SingleSignOn } from './sso';
import { MattermostState, openState } from './state';
import { Teams } from './teams';
import { Users } from './users';

/** Everything that the API and the pages work with. */
export interface Mattermost {
  state: MattermostState;
  settings: Settings;
  users: Users;
  bots: Bots;
  teams: Teams;
  channels: Channels;
  posts: Posts;
  sessions: Sessions;
  access: Access;
  sso: SingleSignOn;
}

/** Puts the parts together on one store. */
export function openMattermost(
  store: Store,
  now: () => number = Date.now,
): Mattermost {
  const state = openState(store);
  const settings = new Settings(state);
  const users = new Users(state, now);
  const teams = new Teams(state, settings, now);
  const channels = new Channels(state, teams, now);
  return {
    state,
    settings,
    users,
    bots: new Bots(state, users, now),
    teams,
    channels,
    posts: new Posts(state, now),
    sessions: new Sessions(state, now),
    access: new Access(teams, channels),
    sso: new SingleSignOn(users, settings, now),
  };
}
