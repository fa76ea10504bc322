import {
  CoderParameter,
  CoderParameterValue,
} from '@formulary/plugin-coder-node';

/**
 * Values as a template of ours gives them.
 *
 * @public
 */
export type ParameterInput = Record<
  string,
  string | number | boolean | string[]
>;

/** Values as Coder takes them: names and strings. */
export function toParameterValues(
  input: ParameterInput,
): CoderParameterValue[] {
  return Object.entries(input).map(([name, value]) => ({
    name,
    // A list travels as JSON (terraform-provider-coder, `list(string)`).
    value: Array.isArray(value) ? JSON.stringify(value) : String(value),
  }));
}

/**
 * What is wrong with values for a template, one sentence for each parameter; empty when all is well.
 *
 * The rules are Coder's own (terraform-provider-coder, provider/parameter.go),
 * applied before anything is made. What only Coder can tell, such as conditions
 * between parameters, it still refuses itself.
 */
export function parameterProblems(
  parameters: CoderParameter[],
  values: CoderParameterValue[],
): string[] {
  const known = new Map(parameters.map(item => [item.name, item]));
  const given = new Map(values.map(({ name, value }) => [name, value]));
  const unknown = [...given.keys()]
    .filter(name => !known.has(name))
    .map(
      name =>
        `${name}: the template has no such parameter. It has ${
          [...known.keys()].join(', ') || 'none'
        }`,
    );
  const wrong = parameters.flatMap(parameter => {
    const value = given.get(parameter.name);
    if (value === undefined) {
      return parameter.required
        ? [`${parameter.name}: a value is required`]
        : [];
    }
    const problem = valueProblem(parameter, value);
    return problem ? [`${parameter.name}: ${problem}`] : [];
  });
  return [...unknown, ...wrong];
}

function valueProblem(
  parameter: CoderParameter,
  value: string,
): string | undefined {
  const { type, options } = parameter;
  if (
    type !== 'list(string)' &&
    options.length > 0 &&
    !options.some(option => option.value === value)
  ) {
    const allowed = options.map(option => option.value).join(', ');
    return `"${value}" is not one of the options ${allowed}`;
  }
  switch (type) {
    case 'bool':
      return ['true', 'false'].includes(value)
        ? undefined
        : `"${value}" is neither true nor false`;
    case 'number':
      return numberProblem(parameter, value);
    case 'list(string)':
      return listProblem(parameter, value);
    default:
      return regexProblem(parameter, value);
  }
}

function numberProblem(parameter: CoderParameter, value: string) {
  const { validation_min: min, validation_max: max } = parameter;
  if (!/^-?\d+$/.test(value)) return `"${value}" is not a whole number`;
  if (min !== undefined && Number(value) < min) {
    return `${value} is less than the minimum ${min}`;
  }
  if (max !== undefined && Number(value) > max) {
    return `${value} is more than the maximum ${max}`;
  }
  return undefined;
}

function regexProblem(parameter: CoderParameter, value: string) {
  const { validation_regex: regex, validation_error: error } = parameter;
  const pattern = regex ? toRegExp(regex) : undefined;
  return !pattern || pattern.test(value)
    ? undefined
    : `"${value}" does not match ${regex}${error ? ` (${error})` : ''}`;
}

/** Go's syntax has forms that JavaScript's has not; those are left to Coder. */
function toRegExp(source: string): RegExp | undefined {
  try {
    return new RegExp(source);
  } catch {
    return undefined;
  }
}

function listProblem({ options }: CoderParameter, value: string) {
  const items = listOfStrings(value);
  if (!items) return `"${value}" is not a list of texts, such as ["a", "b"]`;
  const allowed = options.map(option => option.value);
  const other = items.filter(item => !allowed.includes(item));
  return allowed.length > 0 && other.length > 0
    ? `"${other.join('", "')}" is not one of the options ${allowed.join(', ')}`
    : undefined;
}

function listOfStrings(value: string): string[] | undefined {
  try {
    const parsed: unknown = JSON.parse(value);
    return Array.isArray(parsed) &&
      parsed.every(item => typeof item === 'string')
      ? parsed
      : undefined;
  } catch {
    // What is not JSON is no list either.
    return undefined;
  }
}
