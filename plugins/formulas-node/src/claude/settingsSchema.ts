import { z } from 'zod';
import { CLAUDE_HOOK_EVENTS } from './hookEvents';
import { CLAUDE_SETTINGS_KEYS } from './settingsKeys';

/** `Tool`, `Tool(what)` or `mcp__server`, as the published schema has it. */
const rule = z
  .string()
  .regex(
    /^((Agent|Bash|Cd|Edit|ExitPlanMode|Glob|Grep|KillShell|LSP|Monitor|MultiEdit|NotebookEdit|PowerShell|Read|Skill|TaskCreate|TaskGet|TaskList|TaskOutput|TaskStop|TaskUpdate|TodoWrite|ToolSearch|WebFetch|WebSearch|Write)(\([^)]+\))?|mcp__.+)$/,
    {
      error: ({ input }) =>
        `${JSON.stringify(
          input,
        )} is no permission rule, such as "Read", "Bash(npm test *)" or "mcp__server"`,
    },
  );
const rules = z.array(rule).optional();

const permissions = z.strictObject({
  allow: rules,
  ask: rules,
  deny: rules,
  defaultMode: z
    .enum([
      'default',
      'acceptEdits',
      'plan',
      'dontAsk',
      'bypassPermissions',
      'auto',
      'delegate',
      'manual',
    ])
    .optional(),
  disableBypassPermissionsMode: z.literal('disable').optional(),
  disableAutoMode: z.literal('disable').optional(),
  additionalDirectories: z.array(z.string()).optional(),
});

const optionalText = z.string().min(1).optional();
const shared = {
  timeout: z.number().positive().optional(),
  if: optionalText,
  statusMessage: optionalText,
};
const hook = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('command'),
    command: z.string().min(1),
    args: z.array(z.string()).optional(),
    async: z.boolean().optional(),
    asyncRewake: z.boolean().optional(),
    shell: z.enum(['bash', 'powershell']).optional(),
    ...shared,
  }),
  z.strictObject({
    type: z.literal('prompt'),
    prompt: z.string().min(1),
    model: optionalText,
    continueOnBlock: z.boolean().optional(),
    ...shared,
  }),
  z.strictObject({
    type: z.literal('agent'),
    prompt: z.string().min(1),
    model: optionalText,
    ...shared,
  }),
  z.strictObject({
    type: z.literal('http'),
    url: z.string().min(1),
    headers: z.record(z.string(), z.string()).optional(),
    allowedEnvVars: z.array(z.string()).optional(),
    ...shared,
  }),
  z.strictObject({
    type: z.literal('mcp_tool'),
    server: z.string().min(1),
    tool: z.string().min(1),
    input: z.record(z.string(), z.unknown()).optional(),
    ...shared,
  }),
]);

const hooks = z.record(
  z.string().refine(event => CLAUDE_HOOK_EVENTS.includes(event), {
    error: 'Claude Code has no such hook event',
  }),
  z.array(
    z.strictObject({ matcher: z.string().optional(), hooks: z.array(hook) }),
  ),
);

/**
 * Schema of Claude Code's settings files (`.claude/settings.json`,
 * `managed-settings.json`): the documented keys alone, with closed permissions
 * and hooks; the values of other keys are passed through.
 *
 * After https://json.schemastore.org/claude-code-settings.json.
 *
 * @public
 */
export const claudeSettingsSchema = z
  .looseObject({
    permissions: permissions.optional(),
    hooks: hooks.optional(),
    env: z.record(z.string(), z.string()).optional(),
  })
  .superRefine((settings, context) => {
    for (const key of Object.keys(settings)) {
      if (!CLAUDE_SETTINGS_KEYS.includes(key)) {
        context.addIssue({
          code: 'custom',
          path: [key],
          message: `Claude Code knows no key "${key}" and would ignore it`,
        });
      }
    }
  });
