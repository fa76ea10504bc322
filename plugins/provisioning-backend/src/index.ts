/**
 * The provisioning engine: persons, accounts, runs, steps, and the connectors
 * of Gitea, Coder, Mattermost and Twenty.
 *
 * @packageDocumentation
 */
export { provisioningFeatures as default } from './features';
export { provisioningPlugin } from './plugin';
