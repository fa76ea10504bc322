/**
 * Readers of the files of a formula's bundle: the Terraform of a Coder template
 * and the configuration of Claude Code.
 *
 * @packageDocumentation
 */
export { CLAUDE_HOOK_EVENTS } from './claude/hookEvents';
export { claudeSettingsSchema } from './claude/settingsSchema';
export { CLAUDE_SETTINGS_KEYS } from './claude/settingsKeys';
export { mcpConfigurationSchema } from './claude/mcpConfiguration';
export { parseFrontMatter } from './claude/parseFrontMatter';
export { parseMcpServers } from './claude/parseMcpServers';
export { parameterValueProblem } from './terraform/parameterValueProblem';
export { readCoderTemplate } from './terraform/readCoderTemplate';
export type {
  CoderTemplateSource,
  TemplateApp,
  TemplateParameter,
  TemplatePreset,
} from './terraform/templateSource';
