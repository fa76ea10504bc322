/**
 * Typed client for the Coder API as an injectable service.
 *
 * @packageDocumentation
 */
export {
  CoderClient,
  coderClientServiceRef,
  type CoderClientOptions,
} from './CoderClient';
export { CoderTemplates } from './CoderTemplates';
export type {
  CoderTemplatePush,
  CoderTemplatePushResult,
} from './TemplatePusher';
export { CoderUsers, type CoderNewUser } from './CoderUsers';
export { CoderWorkspaces, type CoderNewWorkspace } from './CoderWorkspaces';
export type { CoderWaitOptions } from './waitUntilReady';
export { coderVersions } from './supportedVersions';
export { readTemplateDirectory } from './templateArchive';
export type {
  CoderBuild,
  CoderCallOptions,
  CoderJob,
  CoderJobLog,
  CoderOrganization,
  CoderParameter,
  CoderParameterValue,
  CoderPreset,
  CoderTemplate,
  CoderTemplateVersion,
  CoderUser,
  CoderWorkspace,
} from './types';
