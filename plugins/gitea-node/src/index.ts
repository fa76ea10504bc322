/**
 * Typed client for the Gitea API as an injectable service.
 *
 * @packageDocumentation
 */
export type { GiteaCalls } from './GiteaCalls';
export { GiteaClient } from './GiteaClient';
export { giteaClientServiceRef } from './giteaClientServiceRef';
export type {
  GiteaOrganization,
  GiteaOrganizationPermissions,
  GiteaOrganizations,
  GiteaTeam,
} from './GiteaOrganizations';
export type { GiteaRepositories } from './GiteaRepositories';
export type {
  GiteaBranchProtection,
  GiteaRepositoryRights,
} from './GiteaRepositoryRights';
export type { GiteaUsers } from './GiteaUsers';
export type { GiteaSettings } from './settings';
export { giteaVersions } from './supportedVersions';
export type {
  GiteaBranch,
  GiteaCallOptions,
  GiteaRepository,
  GiteaUser,
  NewGiteaRepository,
  NewGiteaUser,
} from './types';
