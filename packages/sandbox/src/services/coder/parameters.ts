import {
  parameterValueProblem,
  TemplateParameter,
} from '@formulary/plugin-formulas-node';
import { CoderAnswer, FieldProblem } from './answers';

/** Where the values of a build come from; later ones win (coderd/dynamicparameters/resolver.go). */
export interface ParameterSources {
  /** Values of the workspace's previous build; absent on the first. */
  previous?: Record<string, string>;
  given: Array<{ name: string; value: string }>;
  preset?: Record<string, string>;
}

/**
 * The values that a build runs with: given ones, defaults for the rest; values
 * that belong to no parameter are dropped.
 *
 * @throws CoderAnswer 400 "Unable to validate parameters" with one entry a parameter
 */
export function resolveParameters(
  parameters: TemplateParameter[],
  { previous, given, preset }: ParameterSources,
): Record<string, string> {
  const wanted: Record<string, string> = {
    ...Object.fromEntries(given.map(({ name, value }) => [name, value])),
    ...preset,
  };
  const resolved: Record<string, string> = {};
  const problems: FieldProblem[] = [];
  for (const parameter of parameters) {
    const { name } = parameter;
    const kept = parameter.ephemeral ? undefined : previous?.[name];
    const value = wanted[name] ?? kept ?? parameter.defaultValue;
    const problem =
      value === undefined
        ? 'Required parameter not provided; parameter value is null'
        : changeProblem(parameter, value, previous?.[name]) ??
          parameterValueProblem(parameter, value);
    if (problem) problems.push({ field: name, detail: problem });
    if (value !== undefined) resolved[name] = value;
  }
  if (problems.length > 0) {
    throw new CoderAnswer(
      400,
      'Unable to validate parameters',
      undefined,
      problems,
    );
  }
  return resolved;
}

function changeProblem(
  { name, mutable }: TemplateParameter,
  value: string,
  previous: string | undefined,
): string | undefined {
  return mutable || previous === undefined || previous === value
    ? undefined
    : `Immutable parameter changed; Parameter "${name}" is not mutable, so it can't be updated after creating a workspace.`;
}
