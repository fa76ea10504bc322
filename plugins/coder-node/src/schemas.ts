import { z } from 'zod';

// Only what is used, of the shapes in Coder's docs/reference/api/schemas.md.

const nullable = <T extends z.ZodType>(type: T) =>
  type.nullish().transform(value => value ?? undefined);

/** codersdk.BuildInfoResponse */
export const buildInfoSchema = z.object({ version: z.string() });

/** codersdk.AppHostResponse */
export const appHostSchema = z.object({ host: z.string() });

/** codersdk.User */
export const userSchema = z.object({
  id: z.string(),
  username: z.string(),
  email: z.string(),
  name: z.string().default(''),
  status: z.enum(['active', 'dormant', 'suspended']),
  login_type: z.string(),
  organization_ids: z.array(z.string()).nullable(),
  roles: z
    .array(z.object({ name: z.string() }))
    .nullish()
    .transform(roles => roles ?? []),
});

/** codersdk.GetUsersResponse */
export const usersSchema = z.object({ users: z.array(userSchema) });

/** codersdk.Organization */
export const organizationSchema = z.object({
  id: z.string(),
  name: z.string(),
  is_default: z.boolean(),
});

/** codersdk.ProvisionerJob */
export const jobSchema = z.object({
  id: z.string(),
  status: z.enum([
    'pending',
    'running',
    'succeeded',
    'canceling',
    'canceled',
    'failed',
    'unknown',
  ]),
  error: nullable(z.string()),
  error_code: nullable(z.string()),
  file_id: z.string(),
});

/** codersdk.ProvisionerJobLog */
export const jobLogSchema = z.object({
  id: z.number(),
  created_at: z.string(),
  log_source: z.string(),
  log_level: z.string(),
  stage: z.string(),
  output: z.string(),
});

/** codersdk.Template */
export const templateSchema = z.object({
  id: z.string(),
  name: z.string(),
  display_name: z.string(),
  description: z.string(),
  icon: z.string(),
  organization_id: z.string(),
  active_version_id: z.string(),
  deprecated: z.boolean().default(false),
  deprecation_message: z.string().default(''),
});

/** codersdk.TemplateVersion */
export const templateVersionSchema = z.object({
  id: z.string(),
  template_id: nullable(z.string()),
  name: z.string(),
  message: z.string().default(''),
  job: jobSchema,
});

/** codersdk.TemplateVersionParameter */
export const parameterSchema = z.object({
  name: z.string(),
  display_name: z.string().default(''),
  description_plaintext: z.string().default(''),
  type: z.enum(['string', 'number', 'bool', 'list(string)']),
  mutable: z.boolean(),
  default_value: z.string(),
  icon: z.string().default(''),
  options: z
    .array(
      z.object({
        name: z.string(),
        description: z.string().default(''),
        value: z.string(),
        icon: z.string().default(''),
      }),
    )
    .nullish()
    .transform(options => options ?? []),
  validation_error: nullable(z.string()),
  validation_regex: nullable(z.string()),
  validation_min: nullable(z.number()),
  validation_max: nullable(z.number()),
  required: z.boolean(),
  ephemeral: z.boolean().default(false),
});

/** codersdk.Preset, whose fields start with a capital */
export const presetSchema = z.object({
  ID: z.string(),
  Name: z.string(),
  Parameters: z
    .array(z.object({ Name: z.string(), Value: z.string() }))
    .nullish()
    .transform(parameters => parameters ?? []),
  Default: z.boolean().default(false),
});

const appSchema = z.object({
  id: z.string(),
  slug: z.string().default(''),
  display_name: z.string().default(''),
  url: z.string().default(''),
  external: z.boolean(),
  subdomain: z.boolean(),
  subdomain_name: nullable(z.string()),
  hidden: z.boolean().default(false),
});

const agentSchema = z.object({
  id: z.string(),
  name: z.string(),
  status: z.string(),
  lifecycle_state: z.string(),
  apps: z
    .array(appSchema)
    .nullish()
    .transform(apps => apps ?? []),
});

const resourceSchema = z.object({
  agents: z
    .array(agentSchema)
    .nullish()
    .transform(agents => agents ?? []),
});

/** codersdk.WorkspaceBuild */
export const buildSchema = z.object({
  id: z.string(),
  build_number: z.number(),
  transition: z.enum(['start', 'stop', 'delete']),
  status: z.string(),
  job: jobSchema,
  template_version_id: z.string(),
  template_version_name: z.string().default(''),
  deadline: nullable(z.string()),
  resources: z
    .array(resourceSchema)
    .nullish()
    .transform(resources => resources ?? []),
});

/** codersdk.Workspace */
export const workspaceSchema = z.object({
  id: z.string(),
  name: z.string(),
  owner_id: z.string(),
  owner_name: z.string(),
  template_id: z.string(),
  template_name: z.string(),
  template_display_name: z.string().default(''),
  latest_build: buildSchema,
  outdated: z.boolean().default(false),
  ttl_ms: nullable(z.number()),
  autostart_schedule: nullable(z.string()),
  last_used_at: z.string(),
});

/** codersdk.WorkspacesResponse */
export const workspacesSchema = z.object({
  workspaces: z.array(workspaceSchema),
  count: z.number(),
});

/** codersdk.WorkspaceBuildParameter */
export const buildParameterSchema = z.object({
  name: z.string(),
  value: z.string(),
});
