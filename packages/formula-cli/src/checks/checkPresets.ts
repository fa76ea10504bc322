import { parameterValueProblem } from '@formulary/plugin-formulas-node';
import { Bundle, CODER_FOLDER } from '../bundle/Bundle';
import { Problem } from '../problem';
import { isExpression } from './compareField';

/** Defaults and presets of a Coder template have values that its parameters take. */
export function checkPresets({ coderTemplate }: Bundle): Problem[] {
  if (!coderTemplate) return [];
  const { parameters, presets } = coderTemplate;
  const problems: Problem[] = [];
  const add = (path: string, reason: string) =>
    problems.push({ file: CODER_FOLDER, path, reason });

  for (const [index, parameter] of parameters.entries()) {
    const { name, defaultValue } = parameter;
    const path = `coder_parameter "${name}"`;
    if (parameters.findIndex(other => other.name === name) !== index) {
      add(path, 'there is another parameter of that name');
    }
    // An empty default stands for "not given" where a rule asks for more.
    if (defaultValue && !isExpression(defaultValue)) {
      const problem = parameterValueProblem(parameter, defaultValue);
      if (problem) add(`${path}: default`, problem);
    }
  }
  for (const preset of presets) {
    const path = `coder_workspace_preset "${preset.name}"`;
    for (const [name, value] of Object.entries(preset.parameters)) {
      const parameter = parameters.find(other => other.name === name);
      if (!parameter) {
        add(path, `there is no coder_parameter "${name}"`);
      } else if (!isExpression(value)) {
        const problem = parameterValueProblem(parameter, value);
        if (problem) add(`${path}: ${name}`, problem);
      }
    }
  }
  if (presets.filter(({ isDefault }) => isDefault).length > 1) {
    add('coder_workspace_preset', 'more than one is the default');
  }
  return problems;
}
