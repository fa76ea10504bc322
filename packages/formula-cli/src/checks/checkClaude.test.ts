import { createMockDirectory } from '@backstage/backend-test-utils';
import { Breakage, BrokenBundle } from '../__testing__/BrokenBundle';

const MCP = 'coder-template/.mcp.json';
const SETTINGS = 'coder-template/.claude/settings.json';
const SKILL = 'coder-template/.claude/skills/write/SKILL.md';
const AGENT = 'coder-template/.claude/agents/editor.md';

describe('checkClaude', () => {
  const broken = new BrokenBundle(createMockDirectory());

  it.each<Breakage>([
    [
      'MCP configuration that is not JSON',
      MCP,
      '{',
      '',
      expect.stringMatching(/^coder-template\/\.mcp\.json: it is not JSON: /),
    ],
    [
      'an MCP server with an undocumented key',
      MCP,
      '"type":"http"',
      '"type":"http","autoStart":true',
      `${MCP}: mcpServers.docs: Unrecognized key: "autoStart"`,
    ],
    [
      'a settings key that Claude Code ignores',
      SETTINGS,
      '{"permissions"',
      '{"security":{},"permissions"',
      `${SETTINGS}: security: Claude Code knows no key "security" and would ignore it`,
    ],
    [
      'a hook event that does not exist',
      SETTINGS,
      '"Stop"',
      '"Finish"',
      `${SETTINGS}: hooks.Finish: Claude Code has no such hook event`,
    ],
    [
      'an unknown kind of permission',
      SETTINGS,
      '"allow"',
      '"permit"',
      `${SETTINGS}: permissions: Unrecognized key: "permit"`,
    ],
    [
      'a permission for a tool that does not exist',
      SETTINGS,
      'Bash(npm test *)',
      'Shell(npm test *)',
      `${SETTINGS}: permissions.allow[0]: "Shell(npm test *)" is no permission rule, such as "Read", "Bash(npm test *)" or "mcp__server"`,
    ],
    [
      'a skill without description',
      SKILL,
      'description: Writes.\n',
      '',
      `${SKILL}: Its YAML block must have a name and a description.`,
    ],
    [
      'an agent with another name than its file',
      AGENT,
      'name: editor',
      'name: critic',
      `${AGENT}: name: it is "critic", and the file says "editor"`,
    ],
  ])('names %s', async (_, file, from, to, problem) => {
    await expect(broken.problemsAfter(file, from, to)).resolves.toContainEqual(
      problem,
    );
  });
});
