import { stableId } from './ids';
import { JobFailure } from './JobRunner';
import { CoderState, JobRow } from './model';
import { ParsedTemplate, parseTemplate } from './terraform';

/** Does what a job is for, once its log is written. */
export async function finishJob(state: CoderState, job: JobRow): Promise<void> {
  if (job.type === 'template_version_import') {
    await importVersion(state, job);
    return;
  }
  const build = state.must(state.builds, job.subjectId);
  if (build.transition === 'delete') {
    const workspace = state.must(state.workspaces, build.workspaceId);
    state.workspaces.put({ ...workspace, deleted: true });
  }
}

async function importVersion(state: CoderState, job: JobRow) {
  const file = state.must(state.files, job.fileId);
  let content: ParsedTemplate;
  try {
    content = await parseTemplate(Buffer.from(file.content, 'base64'), preset =>
      stableId('preset', job.subjectId, preset),
    );
  } catch (error) {
    throw new JobFailure(
      error instanceof Error ? error.message : String(error),
    );
  }
  const version = state.must(state.versions, job.subjectId);
  const missing = content.variables.find(
    ({ name, defaultValue }) =>
      (version.variableValues[name] ?? defaultValue) === undefined,
  );
  if (missing) {
    throw new JobFailure(
      `required template variables must have values: ${missing.name}`,
      'REQUIRED_TEMPLATE_VARIABLES',
    );
  }
  state.versions.put({ ...version, content });
}
