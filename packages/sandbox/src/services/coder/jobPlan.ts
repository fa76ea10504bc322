import { CoderState, JobLog, JobRow, Transition } from './model';

/** A line that a job writes. */
export type PlannedLine = Pick<
  JobLog,
  'log_source' | 'log_level' | 'stage' | 'output'
>;

const daemon = (stage: string): PlannedLine => ({
  log_source: 'provisioner_daemon',
  log_level: 'info',
  stage,
  output: '',
});

const terraform = (stage: string, output: string): PlannedLine => ({
  log_source: 'provisioner',
  log_level: 'info',
  stage,
  output,
});

const buildStages: Record<Transition, string> = {
  start: 'Starting workspace',
  stop: 'Stopping workspace',
  delete: 'Deleting workspace',
};

/**
 * The lines a job writes before it ends, in order: the same after a restart, so
 * that a job goes on where it was.
 */
export function jobPlan(state: CoderState, job: JobRow): PlannedLine[] {
  return job.type === 'template_version_import'
    ? importPlan()
    : buildPlan(state, job);
}

function importPlan(): PlannedLine[] {
  return [
    daemon('Setting up'),
    daemon('Parsing template parameters'),
    daemon('Detecting persistent resources'),
    terraform('Detecting persistent resources', 'Initializing the backend...'),
    terraform(
      'Detecting persistent resources',
      'Terraform has been successfully initialized!',
    ),
  ];
}

function buildPlan(state: CoderState, job: JobRow): PlannedLine[] {
  const build = state.must(state.builds, job.subjectId);
  const version = state.must(state.versions, build.templateVersionId);
  const stage = buildStages[build.transition];
  const resources = version.content?.resources ?? [];
  const [doing, done] =
    build.transition === 'start'
      ? ['Creating...', 'Creation complete']
      : ['Destroying...', 'Destruction complete'];
  const count =
    build.transition === 'start'
      ? `${resources.length} added, 0 changed, 0 destroyed`
      : `0 added, 0 changed, ${resources.length} destroyed`;
  return [
    daemon('Setting up'),
    terraform(stage, 'Initializing the backend...'),
    terraform(stage, 'Initializing provider plugins...'),
    terraform(stage, 'Terraform has been successfully initialized!'),
    ...(build.transition === 'start'
      ? Object.entries(build.parameters).map(([name, value]) =>
          terraform(
            stage,
            `data.coder_parameter.${name}: Read complete [value=${value}]`,
          ),
        )
      : []),
    ...resources.flatMap(({ type, name }) => [
      terraform(stage, `${type}.${name}: ${doing}`),
      terraform(stage, `${type}.${name}: ${done}`),
    ]),
    terraform(stage, `Apply complete! Resources: ${count}.`),
    daemon('Cleaning Up'),
  ];
}
