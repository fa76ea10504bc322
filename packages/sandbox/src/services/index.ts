import { ServiceName } from '../core/options';
import { StandInFactory } from '../core/service';

/** Every stand-in, loaded only when it is started. */
export const standIns: Record<ServiceName, () => Promise<StandInFactory>> = {
  keycloak: async () => (await import('./keycloak')).createKeycloak,
  gitea: async () => (await import('./gitea')).createGitea,
  coder: async () => (await import('./coder')).createCoder,
  mattermost: async () => (await import('./mattermost')).createMattermost,
  twenty: async () => (await import('./twenty')).createTwenty,
};
