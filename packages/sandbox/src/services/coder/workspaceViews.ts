import { stableId } from './ids';
import {
  BuildRow,
  CoderState,
  JobRow,
  TemplateVersionRow,
  WorkspaceRow,
} from './model';
import { jobView } from './views';

const workspaceStatuses = {
  start: { busy: 'starting', done: 'running' },
  stop: { busy: 'stopping', done: 'stopped' },
  delete: { busy: 'deleting', done: 'deleted' },
} as const;

/** codersdk.WorkspaceStatus, from the transition and its job (ConvertWorkspaceStatus). */
export function workspaceStatus(build: BuildRow, job: JobRow): string {
  switch (job.status) {
    case 'running':
      return job.canceledAt
        ? 'canceling'
        : workspaceStatuses[build.transition].busy;
    case 'succeeded':
      return workspaceStatuses[build.transition].done;
    default:
      return job.status;
  }
}

/** codersdk.WorkspaceBuild */
export function buildView(state: CoderState, row: BuildRow) {
  const workspace = state.must(state.workspaces, row.workspaceId);
  const owner = state.must(state.users, workspace.ownerId);
  const version = state.must(state.versions, row.templateVersionId);
  const initiator = state.must(state.users, row.initiatorId);
  const job = state.must(state.jobs, row.jobId);
  return {
    id: row.id,
    created_at: row.createdAt,
    updated_at: job.completedAt ?? job.startedAt ?? row.createdAt,
    workspace_id: workspace.id,
    workspace_name: workspace.name,
    workspace_owner_id: owner.id,
    workspace_owner_name: owner.username,
    workspace_owner_avatar_url: '',
    template_version_id: version.id,
    template_version_name: version.name,
    template_version_preset_id: row.presetId ?? null,
    build_number: row.number,
    transition: row.transition,
    initiator_id: initiator.id,
    initiator_name: initiator.username,
    job: jobView(job),
    reason: 'initiator',
    resources: resourcesView(row, job, version),
    deadline: deadline(row, job, workspace),
    status: workspaceStatus(row, job),
    daily_cost: 0,
  };
}

function deadline(build: BuildRow, job: JobRow, { ttlMs }: WorkspaceRow) {
  return build.transition === 'start' && job.completedAt && ttlMs
    ? new Date(Date.parse(job.completedAt) + ttlMs).toISOString()
    : undefined;
}

function resourcesView(
  build: BuildRow,
  job: JobRow,
  { content }: TemplateVersionRow,
) {
  if (job.status !== 'succeeded' || !content || build.transition !== 'start') {
    return [];
  }
  const completedAt = job.completedAt ?? build.createdAt;
  const agents = content.agents.map((agent, index) => ({
    id: stableId('agent', build.id, agent.name),
    name: agent.name,
    operating_system: agent.os,
    architecture: agent.arch,
    created_at: completedAt,
    ...agentLife(Date.now() - Date.parse(completedAt)),
    apps: (index === 0 ? content.apps : []).map(app => ({
      id: stableId('app', build.id, app.slug),
      slug: app.slug,
      display_name: app.displayName,
      url: app.url,
      icon: app.icon,
      external: app.external,
      subdomain: app.subdomain,
      sharing_level: 'owner',
      health: 'disabled',
      hidden: false,
      open_in: 'slim-window',
    })),
  }));
  const resources =
    content.resources.length > 0
      ? content.resources
      : [{ type: 'coder_agent', name: content.agents[0]?.name ?? 'main' }];
  return resources.map(({ type, name }, index) => ({
    id: stableId('resource', build.id, type, name),
    created_at: completedAt,
    job_id: job.id,
    workspace_transition: build.transition,
    type,
    name,
    hide: false,
    icon: '',
    agents: index === 0 ? agents : [],
    metadata: [],
    daily_cost: 0,
  }));
}

/** How far an agent is, from the milliseconds since its resources were made. */
function agentLife(sinceMs: number) {
  if (sinceMs < 300)
    return { status: 'connecting', lifecycle_state: 'created' };
  if (sinceMs < 1000)
    return { status: 'connected', lifecycle_state: 'starting' };
  return { status: 'connected', lifecycle_state: 'ready' };
}

/** codersdk.Workspace */
export function workspaceView(state: CoderState, row: WorkspaceRow) {
  const owner = state.must(state.users, row.ownerId);
  const template = state.must(state.templates, row.templateId);
  const organization = state.must(state.organizations, row.organizationId);
  const build = state.must(state.builds, row.latestBuildId);
  return {
    id: row.id,
    created_at: row.createdAt,
    updated_at: row.updatedAt,
    owner_id: owner.id,
    owner_name: owner.username,
    owner_avatar_url: '',
    organization_id: organization.id,
    organization_name: organization.name,
    template_id: template.id,
    template_name: template.name,
    template_display_name: template.displayName,
    template_icon: template.icon,
    template_active_version_id: template.activeVersionId,
    template_require_active_version: false,
    latest_build: buildView(state, build),
    outdated: build.templateVersionId !== template.activeVersionId,
    name: row.name,
    autostart_schedule: row.autostartSchedule,
    ttl_ms: row.ttlMs ?? null,
    last_used_at: row.lastUsedAt,
    deleting_at: null,
    dormant_at: null,
    health: { healthy: true, failing_agents: [] },
    automatic_updates: row.automaticUpdates,
    allow_renames: false,
    favorite: false,
  };
}
