import { createMockDirectory } from '@backstage/backend-test-utils';
import { Breakage, BrokenBundle } from '../__testing__/BrokenBundle';
import { soundBundle } from '../__testing__/soundBundle';

const TEMPLATE = 'backstage-template.yaml';
const TERRAFORM = 'coder-template/main.tf';

describe('checkWorkspaceParameters', () => {
  const broken = new BrokenBundle(createMockDirectory());

  it.each<Breakage>([
    [
      'a parameter that the step does not send',
      TEMPLATE,
      '          zone: ${{ parameters.zone }}\n',
      '',
      `${TEMPLATE}: spec.steps[2].input.parameters.zone: it is not sent, so nobody can choose the coder_parameter "zone"`,
    ],
    [
      'a required parameter that the step does not send',
      TEMPLATE,
      '          git_repo: ${{ steps.repository.output.remoteUrl }}\n',
      '',
      `${TEMPLATE}: spec.steps[2].input.parameters.git_repo: it is not sent, and the coder_parameter "git_repo" is required`,
    ],
    [
      'a parameter that Coder does not know',
      TEMPLATE,
      'editor: vim',
      'editor: vim\n          colour: red',
      `${TEMPLATE}: spec.steps[2].input.parameters.colour: it is sent, and the Coder template has no coder_parameter "colour"`,
    ],
    [
      'a fixed value that is no option',
      TEMPLATE,
      'editor: vim',
      'editor: nano',
      `${TEMPLATE}: spec.steps[2].input.parameters.editor: Value must be a valid option; the value "nano" must be defined as one of options`,
    ],
    [
      'a field that the form does not have',
      TEMPLATE,
      'cpu: ${{ parameters.cpu }}',
      'cpu: ${{ parameters.cores }}',
      `${TEMPLATE}: spec.steps[2].input.parameters.cpu: it takes the field "cores", which the form does not have`,
    ],
    [
      'a field of another type',
      TEMPLATE,
      'gpu: { type: boolean, default: false }',
      "gpu: { type: string, default: 'false' }",
      `${TEMPLATE}: spec.parameters[0].properties.gpu: its type is string, and the coder_parameter "gpu" of type bool needs boolean`,
    ],
    [
      'a choice that is no option',
      TEMPLATE,
      'enum: [2, 4]',
      'enum: [2, 4, 8]',
      `${TEMPLATE}: spec.parameters[0].properties.cpu: its enum has 8, which is no option of the coder_parameter "cpu"`,
    ],
    [
      'an option that cannot be chosen',
      TEMPLATE,
      'enum: [2, 4]',
      'enum: [2]',
      `${TEMPLATE}: spec.parameters[0].properties.cpu: its enum lacks 4, an option of the coder_parameter "cpu"`,
    ],
    [
      'options without an enum',
      TEMPLATE,
      'enum: [2, 4], ',
      '',
      `${TEMPLATE}: spec.parameters[0].properties.cpu: it has no enum, and the coder_parameter "cpu" takes only 2, 4`,
    ],
    [
      'defaults that differ',
      TEMPLATE,
      'default: 2',
      'default: 4',
      `${TEMPLATE}: spec.parameters[0].properties.cpu: its default is 4, and that of the coder_parameter "cpu" is 2`,
    ],
    [
      'patterns that differ',
      TERRAFORM,
      '"^[a-z]+$"',
      '"^[a-z]*$"',
      `${TEMPLATE}: spec.parameters[0].properties.zone: its pattern is ^[a-z]+$, and that of the coder_parameter "zone" is ^[a-z]*$`,
    ],
    [
      'a workspace of another template',
      TEMPLATE,
      'template: notes',
      'template: note',
      `${TEMPLATE}: spec.steps[2].input.template: it is note, and the Coder template is pushed under the folder's name "notes"`,
    ],
  ])('names %s', async (_, file, from, to, problem) => {
    await expect(broken.problemsAfter(file, from, to)).resolves.toContainEqual(
      problem,
    );
  });

  it('names an optional field for a parameter without default', async () => {
    const problems = await broken.problemsWith({
      [TEMPLATE]: soundBundle[TEMPLATE].replace(', default: eu', ''),
      [TERRAFORM]: soundBundle[TERRAFORM].replace('  default = "eu"\n', ''),
    });
    expect(problems).toEqual([
      `${TEMPLATE}: spec.parameters[0].properties.zone: it may be left empty, and the coder_parameter "zone" has no default`,
    ]);
  });

  it('names a workspace that no step makes', async () => {
    await expect(
      broken.problemsAfter(TEMPLATE, 'coder:create-workspace', 'debug:log'),
    ).resolves.toContain(
      `${TEMPLATE}: spec.steps: no step has the action coder:create-workspace, so nothing uses coder-template`,
    );
  });

  it('lets a preset stand for what the step leaves out', async () => {
    await expect(
      broken.problemsWith({
        [TEMPLATE]: soundBundle[TEMPLATE].replace(
          'cpu: ${{ parameters.cpu }}\n',
          '\n',
        ).replace('template: notes', 'template: notes\n        preset: Small'),
      }),
    ).resolves.toEqual([]);
  });

  it('compares a field that is asked only after another answer', async () => {
    const problems = await broken.problemsAfter(
      TEMPLATE,
      '        gpu: { type: boolean, default: false }\n',
      `      dependencies:
        zone:
          oneOf:
            - properties:
                gpu: { type: boolean, default: true }
`,
    );
    expect(problems).toEqual([
      `${TEMPLATE}: spec.parameters[0].dependencies.zone.oneOf[0].properties.gpu: its default is true, and that of the coder_parameter "gpu" is false`,
    ]);
  });
});
