import { createMockDirectory } from '@backstage/backend-test-utils';
import { Breakage, BrokenBundle } from '../__testing__/BrokenBundle';

const TEMPLATE = 'backstage-template.yaml';

describe('checkVersions', () => {
  const broken = new BrokenBundle(createMockDirectory());

  it.each<Breakage>([
    [
      'another version in the template',
      TEMPLATE,
      'formula-version: 1.2.3',
      'formula-version: 1.2.2',
      `${TEMPLATE}: metadata.annotations.formulary.dev/formula-version: it is 1.2.2, and formula.yaml has 1.2.3`,
    ],
    [
      'another version in a commit message',
      TEMPLATE,
      'from notes 1.2.3',
      'from notes 1.0.0',
      `${TEMPLATE}: spec.steps[1].input.commitMessage: it is 1.0.0, and formula.yaml has 1.2.3`,
    ],
    [
      'no version in the skeleton',
      'skeleton/catalog-info.yaml',
      'formulary.dev/formula-version: 1.2.3',
      'example.org/other: x',
      'skeleton/catalog-info.yaml: metadata.annotations.formulary.dev/formula-version: the version is missing, and formula.yaml has 1.2.3',
    ],
  ])('names %s', async (_, file, from, to, problem) => {
    await expect(broken.problemsAfter(file, from, to)).resolves.toContainEqual(
      problem,
    );
  });
});
