import { isActive } from './JobRunner';
import {
  CoderState,
  JobRow,
  OrganizationRow,
  TemplateRow,
  TemplateVersionRow,
  UserRow,
} from './model';
import { TemplateParameter } from '@formulary/plugin-formulas-node';

// The shapes of codersdk, as documented in docs/reference/api/schemas.md.

/** codersdk.User */
export function userView(row: UserRow) {
  return {
    id: row.id,
    username: row.username,
    avatar_url: '',
    name: row.name,
    email: row.email,
    created_at: row.createdAt,
    updated_at: row.updatedAt,
    last_seen_at: row.lastSeenAt,
    status: row.status,
    login_type: row.loginType,
    theme_preference: '',
    organization_ids: row.organizationIds,
    roles: row.owner ? [{ name: 'owner', display_name: 'Owner' }] : [],
  };
}

/** codersdk.Organization */
export function organizationView(row: OrganizationRow) {
  return {
    id: row.id,
    name: row.name,
    display_name: row.displayName,
    icon: '',
    description: '',
    created_at: row.createdAt,
    updated_at: row.createdAt,
    is_default: row.isDefault,
  };
}

/** codersdk.OrganizationMember */
export function memberView(organization: OrganizationRow, user: UserRow) {
  return {
    user_id: user.id,
    organization_id: organization.id,
    username: user.username,
    name: user.name,
    email: user.email,
    avatar_url: '',
    created_at: user.createdAt,
    updated_at: user.updatedAt,
    roles: [],
    global_roles: userView(user).roles,
  };
}

/** codersdk.ProvisionerJob */
export function jobView(job: JobRow) {
  return {
    id: job.id,
    organization_id: job.organizationId,
    initiator_id: job.initiatorId,
    created_at: job.createdAt,
    started_at: job.startedAt,
    completed_at: job.completedAt,
    canceled_at: job.canceledAt,
    status: job.canceledAt && isActive(job) ? 'canceling' : job.status,
    error: job.error || undefined,
    error_code: job.errorCode,
    file_id: job.fileId,
    type: job.type,
    tags: { owner: '', scope: 'organization' },
    queue_position: 0,
    queue_size: 0,
    logs_overflowed: false,
  };
}

/** codersdk.Template */
export function templateView(state: CoderState, row: TemplateRow) {
  const organization = state.must(state.organizations, row.organizationId);
  const creator = state.must(state.users, row.createdById);
  return {
    id: row.id,
    created_at: row.createdAt,
    updated_at: row.updatedAt,
    organization_id: row.organizationId,
    organization_name: organization.name,
    organization_display_name: organization.displayName,
    organization_icon: '',
    name: row.name,
    display_name: row.displayName,
    provisioner: 'terraform',
    active_version_id: row.activeVersionId,
    active_user_count: 0,
    description: row.description,
    deprecated: false,
    deprecation_message: '',
    icon: row.icon,
    default_ttl_ms: row.defaultTtlMs,
    created_by_id: row.createdById,
    created_by_name: creator.username,
    allow_user_autostart: true,
    allow_user_autostop: true,
    use_classic_parameter_flow: false,
  };
}

/** codersdk.TemplateVersion */
export function versionView(state: CoderState, row: TemplateVersionRow) {
  const creator = state.must(state.users, row.createdById);
  return {
    id: row.id,
    template_id: row.templateId,
    organization_id: row.organizationId,
    created_at: row.createdAt,
    updated_at: row.updatedAt,
    name: row.name,
    message: row.message,
    job: jobView(state.must(state.jobs, row.jobId)),
    readme: row.content?.readme ?? '',
    created_by: { id: creator.id, username: creator.username, avatar_url: '' },
    archived: false,
  };
}

/** codersdk.TemplateVersionParameter */
export function parameterView(parameter: TemplateParameter) {
  const { validation } = parameter;
  return {
    name: parameter.name,
    display_name: parameter.displayName,
    description: parameter.description,
    description_plaintext: parameter.description,
    type: parameter.type,
    form_type: '',
    mutable: parameter.mutable,
    default_value: parameter.defaultValue ?? '',
    icon: parameter.icon,
    options: parameter.options,
    validation_error: validation?.error,
    validation_regex: validation?.regex,
    validation_min: validation?.min,
    validation_max: validation?.max,
    required: parameter.defaultValue === undefined,
    ephemeral: parameter.ephemeral,
  };
}
