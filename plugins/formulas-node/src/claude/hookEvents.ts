/**
 * Events that hooks of Claude Code can be bound to; a closed set
 * (https://json.schemastore.org/claude-code-settings.json of 2026-08-07).
 *
 * @public
 */
export const CLAUDE_HOOK_EVENTS: readonly string[] = [
  'PreToolUse',
  'PostToolUse',
  'PostToolUseFailure',
  'PermissionRequest',
  'Notification',
  'UserPromptSubmit',
  'Stop',
  'StopFailure',
  'SubagentStart',
  'SubagentStop',
  'PreCompact',
  'PostCompact',
  'Elicitation',
  'ElicitationResult',
  'TeammateIdle',
  'TaskCompleted',
  'Setup',
  'InstructionsLoaded',
  'CwdChanged',
  'FileChanged',
  'ConfigChange',
  'WorktreeCreate',
  'WorktreeRemove',
  'SessionStart',
  'SessionEnd',
  'PostToolBatch',
  'TaskCreated',
  'PermissionDenied',
  'UserPromptExpansion',
  'MessageDisplay',
  'DirectoryAdded',
];
