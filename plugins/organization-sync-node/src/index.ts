/**
 * Organisation data of an identity provider in the catalog: complete or not at
 * all, mass removals wait for an administrator, events bring changes within
 * seconds. A module says how its identity provider is read.
 *
 * @packageDocumentation
 */
export {
  DISABLED_ANNOTATION,
  ORGANIZATION_ANNOTATION,
  SHARED,
} from './annotations';
export { createOrganizationSyncModule } from './createOrganizationSyncModule';
export type { SyncResult } from './FullSync';
export { IncompleteReadingError } from './IncompleteReadingError';
export { inParallel } from './inParallel';
export { KeptStore, type Kept } from './KeptStore';
export { migrate, migrateModule, type ModuleMigrations } from './migrate';
export type { ModuleNames } from './ModuleNames';
export {
  entityName,
  groupNames,
  markedName,
  sameName,
  type Named,
} from './names';
export type { EventTypes } from './OrganizationEvent';
export {
  OrganizationProvider,
  type OrganizationProviderOptions,
  type ProviderServices,
} from './OrganizationProvider';
export type {
  NamedUser,
  OrganizationReading,
  OrganizationSource,
} from './OrganizationSource';
export { organisationSyncApprovePermission } from './permissions';
export type { RemovalLimits } from './RemovalGuard';
export type { Removals } from './Removals';
export { createRouter, type Approvable, type RouterOptions } from './router';
export { StopStore, type Stop } from './StopStore';
export {
  readProviderSettings,
  syncSettingsShape,
  type SyncSettings,
} from './SyncSettings';
export type { AppliedEntity } from './SyncStore';
