import { TemplateParameter } from '@formulary/plugin-formulas-node';
import { FormField } from './formFields';

/** Types of a form's field whose values a parameter of a type takes. */
const FIELD_TYPES: Record<TemplateParameter['type'], string[]> = {
  string: ['string'],
  number: ['integer'],
  bool: ['boolean'],
  'list(string)': ['array'],
};

/** A value as Coder has it: always text. */
export function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/**
 * Where a form's field and the parameter that it sets disagree, one sentence
 * each. The parameter's side is `coder_parameter` of the Coder template.
 */
export function compareField(
  field: FormField,
  parameter: TemplateParameter,
): string[] {
  return [
    ...typeProblems(field, parameter),
    ...optionProblems(field, parameter),
    ...defaultProblems(field, parameter),
    ...ruleProblems(field, parameter),
  ];
}

function typeProblems(field: FormField, { name, type }: TemplateParameter) {
  const allowed = FIELD_TYPES[type];
  const found = field.type ?? 'none';
  return allowed.includes(found)
    ? []
    : [
        `its type is ${found}, and the coder_parameter "${name}" of type ${type} needs ${allowed.join(
          ' or ',
        )}`,
      ];
}

function optionProblems(
  field: FormField,
  { name, type, options }: TemplateParameter,
) {
  // The choices of a list are those of its items.
  if (type === 'list(string)') return [];
  const offered = (field.enum ?? []).map(asText);
  const known = options.map(({ value }) => value);
  if (field.enum === undefined && known.length > 0) {
    return [
      `it has no enum, and the coder_parameter "${name}" takes only ${known.join(
        ', ',
      )}`,
    ];
  }
  if (known.length === 0) return [];
  const surplus = offered.filter(value => !known.includes(value));
  const missing = known.filter(value => !offered.includes(value));
  return [
    ...surplus.map(
      value =>
        `its enum has ${value}, which is no option of the coder_parameter "${name}"`,
    ),
    ...missing.map(
      value =>
        `its enum lacks ${value}, an option of the coder_parameter "${name}"`,
    ),
  ];
}

function defaultProblems(
  field: FormField,
  { name, defaultValue }: TemplateParameter,
) {
  if (field.default === undefined) {
    return defaultValue === undefined && !field.required
      ? [
          `it may be left empty, and the coder_parameter "${name}" has no default`,
        ]
      : [];
  }
  const chosen = asText(field.default);
  if (defaultValue === undefined || isExpression(defaultValue)) return [];
  return chosen === defaultValue
    ? []
    : [
        `its default is ${chosen}, and that of the coder_parameter "${name}" is ${defaultValue}`,
      ];
}

function ruleProblems(
  field: FormField,
  { name, validation, options }: TemplateParameter,
) {
  if (options.length > 0) return [];
  const rules: Array<[string, unknown, unknown]> = [
    ['pattern', field.pattern, validation?.regex],
    ['minimum', field.minimum, validation?.min],
    ['maximum', field.maximum, validation?.max],
  ];
  return rules
    .filter(([, ours, theirs]) => ours !== theirs)
    .map(
      ([rule, ours, theirs]) =>
        `its ${rule} is ${
          ours ?? 'none'
        }, and that of the coder_parameter "${name}" is ${theirs ?? 'none'}`,
    );
}

/** Whether a value from Terraform is one that only Terraform can tell. */
export function isExpression(value: string): boolean {
  return value.includes('${');
}
