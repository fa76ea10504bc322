import { ConflictError, InputError } from '@backstage/errors';
import {
  CoderCallOptions,
  CoderClient,
  CoderParameter,
  CoderParameterValue,
  CoderTemplate,
  CoderWorkspace,
} from '@formulary/plugin-coder-node';
import {
  ParameterInput,
  parameterProblems,
  toParameterValues,
} from './parameters';
import { nameOf } from './runBuild';

/** A workspace that is asked for, checked against Coder. */
export interface WorkspacePlan {
  template: CoderTemplate;
  parameters: CoderParameter[];
  values: CoderParameterValue[];
  presetId?: string;
  /** Values that the preset overrules, one sentence for each. */
  overruled: string[];
}

/**
 * Checks what is asked for against the template, the way Coder would, without making anything.
 *
 * @throws InputError that names each wrong parameter, or what there is to choose from
 */
export async function planWorkspace(
  client: CoderClient,
  input: { template: string; preset?: string; parameters?: ParameterInput },
  options: CoderCallOptions & {
    /** Those of some templates that whoever asks may not learn of. */
    hidden(names: string[]): Promise<ReadonlySet<string>>;
  },
): Promise<WorkspacePlan> {
  const template = await client.templates.find(input.template, options);
  // What is hidden is answered for as what is not there.
  if (!template || (await options.hidden([template.name])).has(template.name)) {
    const names = (await client.templates.list(options)).map(it => it.name);
    const hidden = await options.hidden(names);
    throw new InputError(
      `Coder has no template "${input.template}". It has ${
        names.filter(name => !hidden.has(name)).join(', ') || 'none'
      }`,
    );
  }
  if (template.deprecated) {
    throw new InputError(
      `The Coder template "${template.name}" is deprecated: ${template.deprecation_message}. Choose another one`,
    );
  }
  const version = template.active_version_id;
  const parameters = await client.templates.listParameters(version, options);
  const preset = input.preset
    ? await findPreset(client, template, input.preset, options)
    : undefined;
  const given = toParameterValues(input.parameters ?? {});
  // Coder lets the preset win over single values (coderd/dynamicparameters/resolver.go).
  const fixed = new Map(
    preset?.Parameters.map(({ Name, Value }) => [Name, Value]),
  );
  const overruled = given
    .filter(({ name, value }) => fixed.has(name) && fixed.get(name) !== value)
    .map(
      ({ name, value }) =>
        `The preset "${preset?.Name}" sets ${name} to "${fixed.get(
          name,
        )}", so "${value}" is not used`,
    );
  const values = [
    ...given.filter(({ name }) => !fixed.has(name)),
    ...[...fixed].map(([name, value]) => ({ name, value })),
  ];
  const problems = parameterProblems(parameters, values);
  if (problems.length > 0) {
    throw new InputError(
      `The Coder template "${
        template.name
      }" does not accept these parameters:\n${problems
        .map(problem => `- ${problem}`)
        .join('\n')}`,
    );
  }
  return { template, parameters, values, presetId: preset?.ID, overruled };
}

async function findPreset(
  client: CoderClient,
  template: CoderTemplate,
  name: string,
  options: CoderCallOptions,
) {
  const presets = await client.templates.listPresets(
    template.active_version_id,
    options,
  );
  const preset = presets.find(candidate => candidate.Name === name);
  if (!preset) {
    throw new InputError(
      `The Coder template "${template.name}" has no preset "${name}". It has ${
        presets.map(candidate => candidate.Name).join(', ') || 'none'
      }`,
    );
  }
  return preset;
}

/**
 * Makes sure that a workspace that is there already is the one that is asked for:
 * of the same template, with the same values in what can't be changed.
 *
 * @throws ConflictError that says what differs and what to do
 */
export async function checkExisting(
  client: CoderClient,
  workspace: CoderWorkspace,
  { template, parameters, values }: WorkspacePlan,
  options: CoderCallOptions,
): Promise<void> {
  const advice = 'Choose another name, or delete that workspace first';
  if (workspace.template_id !== template.id) {
    throw new ConflictError(
      `The Coder workspace ${nameOf(
        workspace,
      )} is there already, made from the template "${
        workspace.template_name
      }" and not from "${template.name}". ${advice}`,
    );
  }
  const current = new Map(
    (
      await client.workspaces.listBuildParameters(
        workspace.latest_build.id,
        options,
      )
    ).map(({ name, value }) => [name, value]),
  );
  const differing = values.filter(
    ({ name, value }) =>
      current.has(name) &&
      current.get(name) !== value &&
      parameters.some(it => it.name === name && !it.mutable),
  );
  if (differing.length > 0) {
    throw new ConflictError(
      `The Coder workspace ${nameOf(
        workspace,
      )} is there already with other values of what can't be changed: ${differing
        .map(
          ({ name, value }) =>
            `${name} is "${current.get(name)}", not "${value}"`,
        )
        .join('; ')}. ${advice}`,
    );
  }
}
