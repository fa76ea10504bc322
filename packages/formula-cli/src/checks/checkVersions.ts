import { Bundle, FORMULA_FILE } from '../bundle/Bundle';
import { Problem } from '../problem';

const ANNOTATION = 'formulary.dev/formula-version';
const annotation = new RegExp(
  `^\\s*${ANNOTATION.replaceAll('.', '\\.')}:\\s*["']?([^"'\\s]+)`,
  'm',
);
const version = /\b\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?\b/;

/** Every place that names the formula's version names the same. */
export function checkVersions(bundle: Bundle): Problem[] {
  const { formula, template, templateFile, files } = bundle;
  if (!formula) return [];
  const expected = formula.spec.version;
  const problems: Problem[] = [];
  const compare = (file: string, path: string, found: string | undefined) => {
    if (found === expected) return;
    problems.push({
      file,
      path,
      reason: `${
        found === undefined ? 'the version is missing' : `it is ${found}`
      }, and ${FORMULA_FILE} has ${expected}`,
    });
  };

  if (template) {
    compare(
      templateFile,
      `metadata.annotations.${ANNOTATION}`,
      template.metadata.annotations[ANNOTATION],
    );
    template.spec.steps.forEach(({ input: { commitMessage } }, index) => {
      const named =
        typeof commitMessage === 'string'
          ? version.exec(commitMessage)?.[0]
          : undefined;
      if (named !== undefined) {
        compare(
          templateFile,
          `spec.steps[${index}].input.commitMessage`,
          named,
        );
      }
    });
  }
  for (const [file, text] of files) {
    if (file.endsWith('/catalog-info.yaml')) {
      compare(
        file,
        `metadata.annotations.${ANNOTATION}`,
        annotation.exec(text)?.[1],
      );
    }
  }
  return problems;
}
