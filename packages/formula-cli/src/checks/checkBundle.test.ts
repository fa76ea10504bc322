import { createMockDirectory } from '@backstage/backend-test-utils';
import { Breakage, BrokenBundle } from '../__testing__/BrokenBundle';
import { soundBundle } from '../__testing__/soundBundle';
import { checkBundle } from './checkBundle';

const TEMPLATE = 'backstage-template.yaml';
const TERRAFORM = 'coder-template/main.tf';
const MCP = 'coder-template/.mcp.json';
const SETTINGS = 'coder-template/.claude/settings.json';
const SKILL = 'coder-template/.claude/skills/write/SKILL.md';

describe('checkBundle', () => {
  const directory = createMockDirectory();
  const broken = new BrokenBundle(directory);

  it.each<Breakage>([
    [
      'a formula that names another template',
      'formula.yaml',
      'template:default/notes',
      'template:default/diary',
      'formula.yaml: spec.template: it names template:default/diary, and the template beside it is template:default/notes',
    ],
    [
      'an action that is not installed',
      TEMPLATE,
      'gitea:create-repository',
      'publish:github',
      `${TEMPLATE}: spec.steps[1].action: the product has no action "publish:github"`,
    ],
    [
      'two steps of one id',
      TEMPLATE,
      'id: repository',
      'id: code',
      `${TEMPLATE}: spec.steps[1].id: there is another step "code"`,
    ],
    [
      'a template that Backstage would refuse',
      TEMPLATE,
      'scaffolder.backstage.io/v1beta3',
      'scaffolder.backstage.io/v1',
      `${TEMPLATE}: apiVersion: it must be "scaffolder.backstage.io/v1beta3"`,
    ],
    [
      'a template of another type',
      TEMPLATE,
      'type: formula',
      'type: service',
      `${TEMPLATE}: spec.type: it is "service", and must be "formula"`,
    ],
    [
      'a formula with a field that nobody reads',
      'formula.yaml',
      'category: writing',
      'categories: writing',
      expect.stringMatching(
        /^formula\.yaml: spec: Unrecognized key: "categories"/,
      ),
    ],
    [
      'YAML that can not be read',
      'formula.yaml',
      'apiVersion: ',
      'apiVersion: ][',
      expect.stringMatching(/^formula\.yaml: it can not be read: /),
    ],
    [
      'Terraform that can not be read',
      TERRAFORM,
      'data "coder_parameter" "cpu" {',
      'data "coder_parameter" "cpu" [',
      expect.stringMatching(/^coder-template: .*main\.tf/),
    ],
  ])('names %s', async (_, file, from, to, problem) => {
    await expect(broken.problemsAfter(file, from, to)).resolves.toContainEqual(
      problem,
    );
  });

  it.each([
    [
      'README.md',
      'README.md: the file is missing or empty; the marketplace shows it',
    ],
    [TEMPLATE, `${TEMPLATE}: the file is missing`],
    ['formula.yaml', 'formula.yaml: the file is missing'],
    [
      TERRAFORM,
      'coder-template: parse template files: no Terraform configuration files',
    ],
    [
      'skeleton/catalog-info.yaml',
      'skeleton/catalog-info.yaml: the file is missing: a run registers it in the catalog',
    ],
    [
      SKILL,
      'coder-template/.claude/skills/write/words.txt: it belongs to no skill: a skill is a folder in .claude/skills with a SKILL.md',
    ],
  ])('names %s when it is missing', async (file, problem) => {
    await expect(broken.problemsWith({ [file]: undefined })).resolves.toContain(
      problem,
    );
  });

  it('names every problem, not only the first', async () => {
    const problems = await broken.problemsWith({
      'README.md': undefined,
      [MCP]: 'nonsense',
      [SETTINGS]: '{"hookz":{},"skills":{}}',
    });
    expect(problems).toHaveLength(4);
  });

  it('finds nothing in a bundle that fits together', async () => {
    await expect(broken.problemsWith({})).resolves.toEqual([]);
  });

  it('finds nothing in a plain template, which has neither a workspace nor a marketplace page', async () => {
    directory.setContent({
      chat: {
        'template.yaml': soundBundle[TEMPLATE].replaceAll('notes', 'chat')
          .replace(/ {4}- id: workspace[\s\S]*/, '')
          .replace('type: formula', 'type: team'),
        skeleton: {
          'catalog-info.yaml': soundBundle['skeleton/catalog-info.yaml'],
        },
      },
    });
    await expect(checkBundle(directory.resolve('chat'))).resolves.toEqual([]);
  });
});
