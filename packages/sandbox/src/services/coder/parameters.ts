import { CoderAnswer, FieldProblem } from './answers';
import { TemplateParameter } from './terraform';

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
          valueProblem(parameter, value);
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

function valueProblem(
  parameter: TemplateParameter,
  value: string,
): string | undefined {
  const quoted = JSON.stringify(value);
  if (
    parameter.options.length > 0 &&
    parameter.type !== 'list(string)' &&
    !parameter.options.some(option => option.value === value)
  ) {
    return `Value must be a valid option; the value ${quoted} must be defined as one of options`;
  }
  const detail = validationDetail(parameter, value);
  return detail && `Parameter validation failed for value ${quoted}; ${detail}`;
}

/** The rules of terraform-provider-coder's Validation.Valid (provider/parameter.go). */
function validationDetail(
  { type, validation }: TemplateParameter,
  value: string,
): string | undefined {
  const quoted = JSON.stringify(value);
  switch (type) {
    case 'bool':
      return ['true', 'false'].includes(value)
        ? undefined
        : 'boolean value can be either "true" or "false"';
    case 'number': {
      if (!/^-?\d+$/.test(value)) return `value ${quoted} is not a number`;
      const { min, max } = validation ?? {};
      if (min !== undefined && Number(value) < min) {
        return `value ${value} is less than the minimum ${min}`;
      }
      if (max !== undefined && Number(value) > max) {
        return `value ${value} is more than the maximum ${max}`;
      }
      return undefined;
    }
    case 'list(string)':
      return isListOfStrings(value)
        ? undefined
        : `value ${quoted} is not valid list of strings`;
    default:
      return validation?.regex && !new RegExp(validation.regex).test(value)
        ? `${validation.error} (value ${quoted} does not match ${JSON.stringify(
            validation.regex,
          )})`
        : undefined;
  }
}

function isListOfStrings(value: string): boolean {
  try {
    const parsed: unknown = JSON.parse(value);
    return (
      Array.isArray(parsed) && parsed.every(item => typeof item === 'string')
    );
  } catch {
    // Anything that is not JSON is no list either.
    return false;
  }
}
