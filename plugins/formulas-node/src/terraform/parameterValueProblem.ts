import { TemplateParameter } from './templateSource';

/**
 * What Coder says of a value for a parameter, in its own words; undefined when
 * it takes it.
 *
 * @public
 */
export function parameterValueProblem(
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
