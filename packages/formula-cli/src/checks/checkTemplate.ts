import { isError } from '@backstage/errors';
import { templateEntityV1beta3Validator } from '@backstage/plugin-scaffolder-common';
import { Bundle } from '../bundle/Bundle';
import { Problem } from '../problem';

/** The template is one by Backstage's own schema, and its steps can be told apart. */
export async function checkTemplate({
  template,
  templateFile: file,
}: Bundle): Promise<Problem[]> {
  if (!template) return [];
  const problems: Problem[] = [];
  try {
    const known = await templateEntityV1beta3Validator.check(template);
    if (!known) {
      problems.push({
        file,
        path: 'apiVersion',
        reason: 'it must be "scaffolder.backstage.io/v1beta3"',
      });
    }
  } catch (error) {
    if (!isError(error)) throw error;
    problems.push({ file, reason: error.message });
  }
  const seen = new Set<string>();
  template.spec.steps.forEach(({ id }, index) => {
    if (id !== undefined && seen.has(id)) {
      problems.push({
        file,
        path: `spec.steps[${index}].id`,
        reason: `there is another step "${id}"`,
      });
    }
    if (id !== undefined) seen.add(id);
  });
  return problems;
}
