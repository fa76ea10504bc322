import { createMockDirectory } from '@backstage/backend-test-utils';
import { Breakage, BrokenBundle } from '../__testing__/BrokenBundle';

const TERRAFORM = 'coder-template/main.tf';

describe('checkPresets', () => {
  const broken = new BrokenBundle(createMockDirectory());

  it.each<Breakage>([
    [
      'a preset value that is no option',
      TERRAFORM,
      'cpu = "2"',
      'cpu = "3"',
      'coder-template: coder_workspace_preset "Small": cpu: Value must be a valid option; the value "3" must be defined as one of options',
    ],
    [
      'a preset for a parameter that is not there',
      TERRAFORM,
      '{ cpu = "2" }',
      '{ ram = "2" }',
      'coder-template: coder_workspace_preset "Small": there is no coder_parameter "ram"',
    ],
    [
      'a default that is no option',
      TERRAFORM,
      'default = "vim"',
      'default = "ed"',
      'coder-template: coder_parameter "editor": default: Value must be a valid option; the value "ed" must be defined as one of options',
    ],
    [
      'a parameter that is there twice',
      TERRAFORM,
      'name    = "zone"',
      'name    = "cpu"',
      'coder-template: coder_parameter "cpu": there is another parameter of that name',
    ],
  ])('names %s', async (_, file, from, to, problem) => {
    await expect(broken.problemsAfter(file, from, to)).resolves.toContainEqual(
      problem,
    );
  });
});
