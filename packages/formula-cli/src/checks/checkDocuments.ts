import { parseEntityRef } from '@backstage/catalog-model';
import { Bundle, CODER_FOLDER, filesIn, FORMULA_FILE } from '../bundle/Bundle';
import { Problem } from '../problem';

/** The parts of a formula are there and call each other by the right names. */
export function checkDocuments(bundle: Bundle): Problem[] {
  const { name, files, formula, template, templateFile, isFormula } = bundle;
  const problems: Problem[] = [];
  if (template && template.metadata.name !== name) {
    problems.push({
      file: templateFile,
      path: 'metadata.name',
      reason: `it is "${template.metadata.name}", and the folder is called "${name}"`,
    });
  }
  if (!isFormula) return problems;

  if (!files.get('README.md')?.trim()) {
    problems.push({
      file: 'README.md',
      reason: 'the file is missing or empty; the marketplace shows it',
    });
  }
  if (filesIn(bundle, CODER_FOLDER).size === 0) {
    problems.push({
      file: CODER_FOLDER,
      reason: 'the folder is missing: a formula brings a workspace',
    });
  }
  if (formula && formula.metadata.name !== name) {
    problems.push({
      file: FORMULA_FILE,
      path: 'metadata.name',
      reason: `it is "${formula.metadata.name}", and the folder is called "${name}"`,
    });
  }
  if (template && template.spec.type !== 'formula') {
    problems.push({
      file: templateFile,
      path: 'spec.type',
      reason: `it is "${template.spec.type}", and must be "formula"`,
    });
  }
  if (formula && template) {
    const {
      kind,
      namespace,
      name: meant,
    } = parseEntityRef(formula.spec.template, {
      defaultKind: 'template',
      defaultNamespace: 'default',
    });
    const { metadata } = template;
    if (
      kind.toLowerCase() !== 'template' ||
      namespace !== (metadata.namespace ?? 'default') ||
      meant !== metadata.name
    ) {
      problems.push({
        file: FORMULA_FILE,
        path: 'spec.template',
        reason: `it names ${
          formula.spec.template
        }, and the template beside it is template:${
          metadata.namespace ?? 'default'
        }/${metadata.name}`,
      });
    }
  }
  return problems;
}
