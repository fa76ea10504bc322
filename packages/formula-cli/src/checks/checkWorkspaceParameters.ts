import {
  parameterValueProblem,
  TemplateParameter,
} from '@formulary/plugin-formulas-node';
import { z } from 'zod';
import { Bundle, CODER_FOLDER } from '../bundle/Bundle';
import { Template, TemplateStep } from '../bundle/templateSchema';
import { Problem } from '../problem';
import { asText, compareField } from './compareField';
import { formFields } from './formFields';

/** The action whose input meets the Coder template. */
const ACTION = 'coder:create-workspace';

/** `${{ parameters.x }}`, for a list `${{ parameters.x | dump }}`: the answer to one field. */
const fieldExpression =
  /^\$\{\{\s*parameters\.([A-Za-z_]\w*)\s*(?:\|\s*dump\s*)?\}\}$/;

/** What the template sends to Coder is what the Coder template asks for. */
export function checkWorkspaceParameters(bundle: Bundle): Problem[] {
  const { template, templateFile, coderTemplate, name } = bundle;
  if (!template || !coderTemplate) return [];
  const steps = template.spec.steps
    .map((step, index) => ({ step, path: `spec.steps[${index}].input` }))
    .filter(({ step }) => step.action === ACTION);
  if (steps.length === 0) {
    return [
      {
        file: templateFile,
        path: 'spec.steps',
        reason: `no step has the action ${ACTION}, so nothing uses ${CODER_FOLDER}`,
      },
    ];
  }
  return steps.flatMap(({ step, path }) => [
    ...(step.input.template === name
      ? []
      : [
          {
            file: templateFile,
            path: `${path}.template`,
            reason: `it is ${asText(
              step.input.template,
            )}, and the Coder template is pushed under the folder's name "${name}"`,
          },
        ]),
    ...compare(template, step, coderTemplate.parameters).map(problem => ({
      ...problem,
      file: templateFile,
      path: problem.path ?? `${path}.parameters${problem.below}`,
    })),
  ]);
}

/** A problem of the step's input, unless `path` says otherwise. */
interface Finding {
  /** Where in the template. */
  path?: string;
  /** Where below the step's `parameters`. */
  below?: string;
  reason: string;
}

function compare(
  template: Template,
  { input }: TemplateStep,
  parameters: TemplateParameter[],
): Finding[] {
  const sent = z
    .record(z.string(), z.unknown())
    .safeParse(input.parameters ?? {});
  if (!sent.success) {
    return [
      { below: '', reason: 'it must be an object with a value for each name' },
    ];
  }
  const fields = formFields(template);
  const findings: Finding[] = [];
  for (const parameter of parameters) {
    const { name, ephemeral, defaultValue } = parameter;
    const below = `.${name}`;
    const value = sent.data[name];
    if (value === undefined) {
      // A preset fills in what the step leaves out, and ephemeral ones are for single builds.
      const mayLack = ephemeral || input.preset !== undefined;
      if (defaultValue === undefined) {
        findings.push({
          below,
          reason: `it is not sent, and the coder_parameter "${name}" is required`,
        });
      } else if (!mayLack) {
        findings.push({
          below,
          reason: `it is not sent, so nobody can choose the coder_parameter "${name}"`,
        });
      }
      continue;
    }
    const fieldName =
      typeof value === 'string' ? fieldExpression.exec(value)?.[1] : undefined;
    if (fieldName !== undefined) {
      const field = fields.get(fieldName);
      if (field) {
        findings.push(
          ...compareField(field, parameter).map(reason => ({
            path: field.path,
            reason,
          })),
        );
      } else {
        findings.push({
          below,
          reason: `it takes the field "${fieldName}", which the form does not have`,
        });
      }
    } else if (!asText(value).includes('${{')) {
      const problem = parameterValueProblem(parameter, asText(value));
      if (problem) findings.push({ below, reason: problem });
    }
  }
  const known = parameters.map(({ name }) => name);
  for (const name of Object.keys(sent.data)) {
    if (!known.includes(name)) {
      findings.push({
        below: `.${name}`,
        reason: `it is sent, and the Coder template has no coder_parameter "${name}"`,
      });
    }
  }
  return findings;
}
