import { z } from 'zod';
import {
  buildParameterSchema,
  buildSchema,
  jobLogSchema,
  jobSchema,
  organizationSchema,
  parameterSchema,
  presetSchema,
  templateSchema,
  templateVersionSchema,
  userSchema,
  workspaceSchema,
} from './schemas';

/**
 * An account in Coder.
 *
 * @public
 */
export type CoderUser = z.infer<typeof userSchema>;

/**
 * An organisation in Coder.
 *
 * @public
 */
export type CoderOrganization = z.infer<typeof organizationSchema>;

/**
 * A provisioner job: the work of a build or of a template's import.
 *
 * @public
 */
export type CoderJob = z.infer<typeof jobSchema>;

/**
 * A line of a job's log. A line without output opens a stage.
 *
 * @public
 */
export type CoderJobLog = z.infer<typeof jobLogSchema>;

/**
 * A template.
 *
 * @public
 */
export type CoderTemplate = z.infer<typeof templateSchema>;

/**
 * A version of a template.
 *
 * @public
 */
export type CoderTemplateVersion = z.infer<typeof templateVersionSchema>;

/**
 * A parameter that a template asks for.
 *
 * @public
 */
export type CoderParameter = z.infer<typeof parameterSchema>;

/**
 * A named set of parameter values.
 *
 * @public
 */
export type CoderPreset = z.infer<typeof presetSchema>;

/**
 * A build of a workspace.
 *
 * @public
 */
export type CoderBuild = z.infer<typeof buildSchema>;

/**
 * A workspace.
 *
 * @public
 */
export type CoderWorkspace = z.infer<typeof workspaceSchema>;

/**
 * A parameter's value in a build.
 *
 * @public
 */
export type CoderParameterValue = z.infer<typeof buildParameterSchema>;

/**
 * How a call can be ended early.
 *
 * @public
 */
export interface CoderCallOptions {
  signal?: AbortSignal;
}
