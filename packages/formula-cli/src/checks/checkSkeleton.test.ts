import { createMockDirectory } from '@backstage/backend-test-utils';
import { Breakage, BrokenBundle } from '../__testing__/BrokenBundle';

const TEMPLATE = 'backstage-template.yaml';

describe('checkSkeleton', () => {
  const broken = new BrokenBundle(createMockDirectory());

  it.each<Breakage>([
    [
      'a skeleton entity of another kind',
      'skeleton/catalog-info.yaml',
      'kind: Component',
      'kind: Template',
      'skeleton/catalog-info.yaml: kind: it must be "Component", the kind that a run registers',
    ],
    [
      'a value that the step does not give',
      'skeleton/catalog-info.yaml',
      'values.name',
      'values.title',
      'skeleton/catalog-info.yaml: values.title: the step "code" gives no such value',
    ],
    [
      'a value that no file uses',
      TEMPLATE,
      'name: ${{ parameters.name }}\n    - id: repository',
      'name: ${{ parameters.name }}\n          owner: me\n    - id: repository',
      `${TEMPLATE}: spec.steps[0].input.values.owner: no file of skeleton uses it`,
    ],
    [
      'a skeleton folder that is not there',
      TEMPLATE,
      './skeleton',
      './bones',
      `${TEMPLATE}: spec.steps[0].input.url: the bundle has no folder bones`,
    ],
    [
      'a test of the skeleton without a value',
      'skeleton.test.json',
      '"name":"my-notes"',
      '',
      'skeleton.test.json: values.name: it is missing: the template gives it to the skeleton',
    ],
    [
      'a command of the test that is one text',
      'skeleton.test.json',
      '["node","--check","index.js"]',
      '"npm test"',
      'skeleton.test.json: commands[0]: a command is a list: the program, then its arguments',
    ],
  ])('names %s', async (_, file, from, to, problem) => {
    await expect(broken.problemsAfter(file, from, to)).resolves.toContainEqual(
      problem,
    );
  });
});
