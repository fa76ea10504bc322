/**
 * Typed client for the Mattermost API as an injectable service.
 *
 * @packageDocumentation
 */
export type { MattermostCalls } from './MattermostCalls';
export type { MattermostChannels } from './MattermostChannels';
export { MattermostClient } from './MattermostClient';
export { mattermostClientServiceRef } from './mattermostClientServiceRef';
export type { MattermostTeams } from './MattermostTeams';
export type { MattermostUsers } from './MattermostUsers';
export type {
  MattermostSettings,
  MattermostSso,
  MattermostSsoMode,
} from './settings';
export { mattermostVersions } from './supportedVersions';
export type {
  MattermostAuth,
  MattermostCallOptions,
  MattermostChannel,
  MattermostChannelMember,
  MattermostClientConfig,
  MattermostPost,
  MattermostTeam,
  MattermostTeamMember,
  MattermostUser,
  NewMattermostUser,
} from './types';
