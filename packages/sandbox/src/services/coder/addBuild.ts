import { CoderAnswer } from './answers';
import { Coder } from './Coder';
import { isActive } from './JobRunner';
import {
  BuildRow,
  TemplateVersionRow,
  Transition,
  UserRow,
  WorkspaceRow,
} from './model';
import { resolveParameters } from './parameters';

/** What a build is asked for. */
export interface BuildRequest {
  transition: Transition;
  version: TemplateVersionRow;
  initiator: UserRow;
  given: Array<{ name: string; value: string }>;
  presetId?: string;
}

/**
 * Stores a workspace together with its next build and starts the build's job
 * (coderd/wsbuilder).
 *
 * @throws CoderAnswer 409 while a build is under way, 400 for parameters, preset or a version that did not import
 */
export function addBuild(
  coder: Coder,
  workspace: WorkspaceRow,
  { transition, version, initiator, given, presetId }: BuildRequest,
): BuildRow {
  const { state } = coder;
  const previous = state.builds.get(workspace.latestBuildId);
  if (previous && isActive(state.must(state.jobs, previous.jobId))) {
    const message = 'A workspace build is already active.';
    throw new CoderAnswer(409, message, message);
  }
  const importJob = state.must(state.jobs, version.jobId);
  if (isActive(importJob)) {
    throw new CoderAnswer(
      406,
      `The provided template version is ${importJob.status}. Wait for it to complete importing!`,
    );
  }
  if (!version.content) {
    throw new CoderAnswer(
      400,
      `The provided template version "${version.name}" has failed to import: "${importJob.error}". You cannot build workspaces with it!`,
    );
  }
  const preset = version.content.presets.find(({ id }) => id === presetId);
  if (presetId && !preset) {
    throw new CoderAnswer(400, 'failed to fetch preset');
  }
  const parameters = resolveParameters(version.content.parameters, {
    previous: previous?.parameters,
    given,
    preset: preset?.parameters,
  });
  const now = new Date().toISOString();
  const build: BuildRow = {
    id: coder.newId(),
    workspaceId: workspace.id,
    number: (previous?.number ?? 0) + 1,
    transition,
    templateVersionId: version.id,
    presetId: preset?.id,
    initiatorId: initiator.id,
    jobId: coder.newId(),
    createdAt: now,
    parameters,
  };
  state.builds.put(build);
  state.workspaces.put({
    ...workspace,
    latestBuildId: build.id,
    updatedAt: now,
    lastUsedAt: now,
  });
  coder.jobs.enqueue({
    id: build.jobId,
    organizationId: workspace.organizationId,
    type: 'workspace_build',
    subjectId: build.id,
    initiatorId: initiator.id,
    fileId: importJob.fileId,
    status: 'pending',
    error: '',
    createdAt: now,
    logs: [],
    done: 0,
  });
  return build;
}
