import { ServiceName } from '../core/options';
import { StandInFactory } from '../core/service';

/** Every stand-in, loaded only when it is started. */
export const standIns: Record<ServiceName, () => Promise<StandInFactory>> = {
  keycloak: async () => exportsOf(await import('./keycloak')).createKeycloak,
  gitea: async () => exportsOf(await import('./gitea')).createGitea,
  coder: async () => exportsOf(await import('./coder')).createCoder,
  mattermost: async () =>
    exportsOf(await import('./mattermost')).createMattermost,
  twenty: async () => exportsOf(await import('./twenty')).createTwenty,
};

/**
 * The exports of a module of ours. Once transformed they are CommonJS, which
 * Node's `import()` gives as `default` when it can't tell the names.
 */
function exportsOf<T extends object>(module: T): T {
  return 'default' in module ? (module.default as T) : module;
}
